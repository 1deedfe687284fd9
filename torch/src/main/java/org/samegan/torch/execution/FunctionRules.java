package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.Map;
import org.samegan.torch.library.Argument;

/** Functions of one value, and the gradients of those that bend at a point. */
final class FunctionRules {
  static final Map<String, OpRule> RULES =
      Map.ofEntries(
          function("exp"),
          function("log"),
          function("sqrt"),
          function("abs"),
          function("sign"),
          function("tanh"),
          function("sigmoid"),
          Map.entry("relu", FunctionRules::relu),
          Map.entry("leakyrelu", FunctionRules::leakyRelu),
          Map.entry("thresholdedrelu_bp", FunctionRules::reluGradient),
          Map.entry("lrelu_bp", FunctionRules::leakyReluGradient),
          Map.entry("cast", FunctionRules::cast));

  private FunctionRules() {}

  private static Map.Entry<String, OpRule> function(String name) {
    return Map.entry(
        name,
        op -> {
          op.requireInputs(1);
          op.requireReal();
          op.set(op.emission().apply("aten::" + name, op.tensor(0)));
        });
  }

  /** max(x, cutoff). */
  private static void relu(LoweredOp op) {
    op.requireInputs(1);
    op.requireReal();
    double cutoff = op.scalar();
    op.set(
        cutoff == 0
            ? op.emission().apply("aten::relu", op.tensor(0))
            : op.emission()
                .apply("aten::maximum", op.tensor(0), op.emission().number(op.type(), cutoff)));
  }

  /** x above 0, slope x elsewhere: in one pass, whatever the slope. */
  private static void leakyRelu(LoweredOp op) {
    op.requireInputs(1);
    op.requireReal();
    op.set(
        op.emission()
            .apply("aten::_prelu_kernel", op.tensor(0), slope(op, op.input(0), op.scalar())));
  }

  /** The gradient above the cutoff, and 0 times it elsewhere. */
  private static void reluGradient(LoweredOp op) {
    op.requireInputs(2);
    op.requireReal();
    double cutoff = op.reals()[0];
    int x = op.tensor(0);
    if (cutoff != 0) {
      x = op.emission().subtract(x, op.emission().operand(op.type(), cutoff), 1);
    }
    bend(op, x, 0);
  }

  /** The gradient above 0, and slope times it elsewhere. */
  private static void leakyReluGradient(LoweredOp op) {
    op.requireInputs(2);
    op.requireReal();
    bend(op, op.tensor(0), op.reals()[0]);
  }

  private static void bend(LoweredOp op, int x, double slope) {
    if (op.emission().forms().bends() == Forms.Bends.PRODUCT) {
      op.set(op.emission().apply("aten::mul.Tensor", op.tensor(1), slopes(op, x, slope)));
      return;
    }
    boolean[] gradientAlone = {true, false};
    op.set(
        op.emission()
            .call(
                "aten::_prelu_kernel_backward",
                gradientAlone,
                new Argument.Tensor(op.tensor(1)),
                new Argument.Tensor(x),
                new Argument.Tensor(slope(op, op.input(0), slope)))[0]);
  }

  /** 1 where x is above 0, and the slope elsewhere. */
  private static int slopes(LoweredOp op, int x, double slope) {
    Emission emission = op.emission();
    return emission.once(
        "slopes " + slope + " of " + x,
        () -> {
          int sign = emission.apply("aten::sign", x);
          if (slope == 0) {
            return emission.apply("aten::relu", sign);
          }
          int below = emission.number(op.type(), slope);
          return slope > 0 && slope < 1
              ? emission.apply("aten::maximum", sign, below)
              // Exact at both ends, unlike a sum with a product.
              : emission.apply(
                  "aten::lerp.Tensor",
                  below,
                  emission.number(op.type(), 1),
                  emission.apply("aten::relu", sign));
        });
  }

  /** The slope as the operators want it: with as many axes as the values. */
  private static int slope(LoweredOp op, Value like, double slope) {
    long[] ones = new long[like.rank()];
    Arrays.fill(ones, 1);
    return op.emission().expand(op.emission().number(op.type(), slope), ones);
  }

  private static void cast(LoweredOp op) {
    op.requireInputs(1);
    op.set(op.emission().cast(op.tensor(0), op.type()));
  }
}
