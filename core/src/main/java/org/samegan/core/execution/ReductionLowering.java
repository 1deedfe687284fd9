package org.samegan.core.execution;

import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.samegan.core.graph.Reduction;

/** Turns reductions into kernels, as {@link Lowering} does with other ops. */
final class ReductionLowering {
  /** So few values that a mean's bounds cost microseconds. */
  private static final long FEW = 4096;

  private ReductionLowering() {}

  /**
   * Emits a sum, a mean or a maximum. Over axes of extent 1 no value changes, and the native ops
   * fail.
   *
   * @param fast whether input and result are of one type, floats or doubles
   * @return the result, {@code y} or another name for {@code x}
   */
  static Value emit(KernelList kernels, Value y, Value x, DifferentialFunction op, boolean fast) {
    if (!(op instanceof BaseReduceOp reducing)) {
      throw new IllegalArgumentException(
          op.opName() + " can be compiled with axes that are numbers only, found an array");
    }
    Reduction reduction = Reduction.of(reducing, x.shape());
    if (reduction.count() == 1) {
      if (x.type() != y.type()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s of %s over axes of extent 1 can't be compiled; cast to %s first",
                op.opName(),
                x.type(),
                y.type()));
      }
      return x.reshaped(y.shape());
    }
    if (fast && op.opName().equals("reduce_mean")) {
      mean(kernels, y, x, op, reduction);
    } else if (fast && op.opName().equals("reduce_sum") && isOuter(reduction)) {
      sum(kernels, y, x, reduction, 1);
    } else {
      kernels.asItIs(op, List.of(x), List.of(y), false);
    }
    return y;
  }

  private static boolean isOuter(Reduction reduction) {
    return reduction.leading() || reduction.trailing();
  }

  /**
   * A mean lies between the least value and the greatest, so that of equal values is that value,
   * and that of probabilities is one. Rounding leaves it there only if it is put there, which costs
   * next to nothing for the few values that people look at. For the others a sum that is divided is
   * exact where the sum is, as for ones; weights are exact for powers of two.
   */
  private static void mean(
      KernelList kernels, Value y, Value x, DifferentialFunction op, Reduction reduction) {
    long count = reduction.count();
    boolean few = x.elements() <= FEW;
    Value rounded = few ? KernelList.like(y) : y;
    if (!isOuter(reduction)) {
      kernels.asItIs(op, List.of(x), List.of(rounded), false);
    } else if (Long.bitCount(count) == 1) {
      sum(kernels, rounded, x, reduction, 1.0 / count);
    } else {
      Value sum = KernelList.like(y);
      sum(kernels, sum, x, reduction, 1);
      kernels.each("divide", rounded, sum, kernels.constant(y.type(), (double) count));
    }
    if (few) {
      Value least = KernelList.like(y);
      Value greatest = KernelList.like(y);
      Value above = KernelList.like(y);
      kernels.add(Kernel.Custom.reducing("reduce_min", reduction, least, x));
      kernels.add(Kernel.Custom.reducing("reduce_max", reduction, greatest, x));
      // In this order the native ops keep a NaN.
      kernels.each("maximum", above, least, rounded);
      kernels.each("minimum", y, greatest, above);
    }
  }

  /** Sums over the first or the last axes are products with a row or a column of equal weights. */
  private static void sum(
      KernelList kernels, Value y, Value x, Reduction reduction, double weight) {
    long count = reduction.count();
    long rest = x.elements() / count;
    if (reduction.leading()) {
      kernels.matmul(y, kernels.row(x.type(), count, weight), 1, count, x, rest);
    } else {
      kernels.matmul(y, x, rest, count, kernels.row(x.type(), count, weight), 1);
    }
  }
}
