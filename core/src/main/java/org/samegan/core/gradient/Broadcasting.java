package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;

/** Moves gradients between the shapes that broadcasting relates. */
final class Broadcasting {
  private Broadcasting() {}

  /** Repeats a gradient to the full shape that it broadcasts to. */
  static SDVariable expand(SameDiff graph, StaticShapes shapes, SDVariable gradient, long[] full) {
    if (Arrays.equals(shapes.of(gradient), full)) {
      return gradient;
    }
    return gradient.mul(graph.constant(Nd4j.ones(gradient.dataType(), full)));
  }

  /**
   * Sums a gradient at a broadcast result down to one operand.
   *
   * @param gradient broadcasts to {@code result}
   * @param result the shape that the operand was broadcast to
   * @param operand the operand's shape
   * @return a gradient that broadcasts to {@code operand}
   */
  static SDVariable reduce(
      StaticShapes shapes, SDVariable gradient, long[] result, long[] operand) {
    long[] given = shapes.of(gradient);
    List<Integer> axes = new ArrayList<>();
    double repeats = 1;
    for (int i = 1; i <= result.length; i++) {
      long wanted = extent(operand, i);
      if (wanted == 1 && extent(result, i) > 1) {
        if (extent(given, i) > 1) {
          axes.add(given.length - i);
        } else {
          // The gradient is the same along this axis, so its sum is a multiple of it.
          repeats *= extent(result, i);
        }
      }
    }
    SDVariable sum = gradient;
    if (!axes.isEmpty()) {
      sum = sum.sum(true, axes.stream().mapToInt(Integer::intValue).sorted().toArray());
      axes.forEach(axis -> given[axis] = 1);
    }
    if (given.length > operand.length) {
      long[] tail = Arrays.copyOfRange(given, given.length - operand.length, given.length);
      sum = sum.getSameDiff().reshape(sum, tail);
    }
    return repeats == 1 ? sum : sum.mul(repeats);
  }

  /** The extent of the axis that is i-th from the last, 1 beyond the first. */
  private static long extent(long[] shape, int i) {
    return i > shape.length ? 1 : shape[shape.length - i];
  }
}
