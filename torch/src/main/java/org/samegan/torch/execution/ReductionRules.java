package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.samegan.core.graph.Reduction;
import org.samegan.torch.library.Argument;

/** Sums, means and maxima over axes. */
final class ReductionRules {
  static final Map<String, OpRule> RULES =
      Map.of(
          "reduce_sum", op -> reduce(op, "aten::sum.dim_IntList"),
          "reduce_mean", op -> reduce(op, "aten::mean.dim"),
          "reduce_max", ReductionRules::max);

  private ReductionRules() {}

  private static Reduction reduction(LoweredOp op) {
    op.requireReal();
    op.require(op.op() instanceof BaseReduceOp, "axes as an array", "axes as numbers");
    return Reduction.of((BaseReduceOp) op.op(), op.input(0).shape());
  }

  private static long[] axes(Reduction reduction) {
    return Arrays.stream(reduction.axes()).asLongStream().toArray();
  }

  private static void reduce(LoweredOp op, String operator) {
    Reduction reduction = reduction(op);
    op.set(
        op.emission()
            .call(
                operator,
                new Argument.Tensor(op.tensor(0)),
                new Argument.SomeIntegers(axes(reduction)),
                Argument.truth(reduction.keepsDimensions()),
                Argument.NONE));
  }

  private static void max(LoweredOp op) {
    Reduction reduction = reduction(op);
    op.set(
        op.emission()
            .call(
                "aten::amax",
                new Argument.Tensor(op.tensor(0)),
                new Argument.Integers(axes(reduction)),
                Argument.truth(reduction.keepsDimensions())));
  }
}
