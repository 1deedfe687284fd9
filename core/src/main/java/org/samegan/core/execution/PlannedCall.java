package org.samegan.core.execution;

import java.util.Arrays;
import java.util.List;

/**
 * What one call of a compiled graph does, as far as its arrays' shapes tell: work and traffic of
 * every run.
 *
 * @param op its name, as the library that computes has it
 * @param scopes where the variables that it reads lie, each once: their paths up to the last slash,
 *     such as {@code generator/4_conv_transpose2d}. What is computed from variables of one such
 *     place and constants alone counts as read there
 * @param inputs the shapes of what it reads, in order; images are (batch, height, width, channels),
 *     weights of convolutions (height, width, larger image's channels, smaller image's channels),
 *     however they lie in memory
 * @param outputs the shapes of what it writes
 * @param bytesRead the sizes of its inputs together; 0 for one that only makes a view. What a
 *     kernel reads again, or finds in a cache, is not in it
 * @param bytesWritten the sizes of its outputs together, likewise
 * @param flops floating point operations, counted as {@link Flops} says
 */
public record PlannedCall(
    String op,
    List<String> scopes,
    List<List<Long>> inputs,
    List<List<Long>> outputs,
    long bytesRead,
    long bytesWritten,
    long flops) {
  /** Takes copies of the lists. */
  public PlannedCall {
    scopes = List.copyOf(scopes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A shape as calls are described with. */
  public static List<Long> extents(long... shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
