package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.samegan.core.graph.Reduction;

/** Rules of sums, means and maxima over axes. */
final class ReductionRules {
  static final Map<String, GradientRule> RULES =
      Map.of(
          "reduce_sum", op -> list(spread(op, op.gradient())),
          "reduce_mean", op -> list(spread(op, op.gradient().mul(1.0 / reduction(op).count()))),
          "reduce_max", ReductionRules::max,
          "equals", op -> list(null, null),
          "cast", ReductionRules::cast);

  private ReductionRules() {}

  private static Reduction reduction(OpGradient op) {
    op.require(op.op() instanceof BaseReduceOp, "axes as an array", "axes as numbers");
    return Reduction.of((BaseReduceOp) op.op(), op.shape(op.input(0)));
  }

  /** A gradient at the result, with the reduced axes put back at extent 1. */
  private static SDVariable spread(OpGradient op, SDVariable gradient) {
    Reduction reduction = reduction(op);
    long[] shape = op.shape(gradient);
    if (Arrays.stream(shape).allMatch(extent -> extent == 1)) {
      long[] ones = new long[reduction.rank()];
      Arrays.fill(ones, 1);
      return op.graph().reshape(gradient, ones);
    }
    SDVariable dense = op.dense(gradient, op.shape(op.output()));
    return reduction.keepsDimensions() ? dense : op.graph().reshape(dense, reduction.keptShape());
  }

  /** To the greatest values, in equal parts where several are. */
  private static List<SDVariable> max(OpGradient op) {
    Reduction reduction = reduction(op);
    SDVariable x = op.input(0);
    SDVariable top = op.graph().reshape(op.output(), reduction.keptShape());
    SDVariable mask = op.graph().eq(x, top).castTo(x.dataType());
    SDVariable share = spread(op, op.gradient()).div(mask.sum(true, reduction.axes()));
    return list(mask.mul(share));
  }

  private static List<SDVariable> cast(OpGradient op) {
    DataType from = op.input(0).dataType();
    return list(from.isFPType() ? op.gradient().castTo(from) : null);
  }
}
