package org.samegan.core.profile;

import java.util.List;

/**
 * All calls of one kind in a profile's iterations together.
 *
 * @param part whose step, update or norm it is, such as {@code discriminator}; empty for what is
 *     nobody's
 * @param op the op's name; or {@value Profile#BETWEEN} or {@value Profile#OUTSIDE}
 * @param layer the layer whose variables it reads, such as {@code generator/4_conv_transpose2d};
 *     empty where that can't be told
 * @param inputs the shapes of what it reads
 * @param outputs the shapes of what it writes
 * @param calls how often it was called; 0 for the time that is no call's
 * @param nanos how long that took, in nanoseconds
 * @param bytesRead by all calls
 * @param bytesWritten by all calls
 * @param flops floating point operations of all calls, counted as {@link
 *     org.samegan.core.execution.Flops} says
 */
public record ProfileRow(
    String part,
    String op,
    String layer,
    List<List<Long>> inputs,
    List<List<Long>> outputs,
    long calls,
    long nanos,
    long bytesRead,
    long bytesWritten,
    long flops) {
  /** 10^9 floating point operations a second; 0 where none are counted. */
  public double gigaflopsPerSecond() {
    return nanos == 0 ? 0 : (double) flops / nanos;
  }

  /** Of the same kind, with the calls of both. */
  ProfileRow plus(ProfileRow other) {
    return new ProfileRow(
        part,
        op,
        layer,
        inputs,
        outputs,
        calls + other.calls,
        nanos + other.nanos,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten,
        flops + other.flops);
  }

  /** What rows have in common that are one. */
  List<Object> kind() {
    return List.of(part, op, layer, inputs, outputs);
  }

  /** The sum of rows, of no part. */
  static ProfileRow total(List<ProfileRow> rows) {
    ProfileRow sum = ofTime("", "total", 0);
    for (ProfileRow row : rows) {
      sum = sum.plus(row);
    }
    return sum;
  }

  /** Time in which no call was made that is known. */
  static ProfileRow ofTime(String part, String op, long nanos) {
    return new ProfileRow(part, op, "", List.of(), List.of(), 0, nanos, 0, 0, 0);
  }
}
