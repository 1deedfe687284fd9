package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpCase.unary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;
import org.samegan.core.Draws;

/** Arithmetic, with all kinds of broadcasting, and functions of one value. */
final class ElementwiseCases {
  private static final long[][][] BROADCASTS = {
    {{2, 3, 4}, {2, 3, 4}},
    {{2, 3, 4}, {4}},
    {{4}, {2, 3, 4}},
    {{2, 3, 4}, {3, 1}},
    {{2, 1, 4}, {3, 1}},
    {{3, 1}, {1, 4}},
    {{1, 3}, {2, 3}},
    {{2, 3}, {1, 1}},
    {{2, 3}, {}},
    {{}, {2, 3}},
    {{1, 1, 3}, {2, 3}},
  };

  private ElementwiseCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    broadcasts(cases, "add", SDVariable::add);
    broadcasts(cases, "subtract", SDVariable::sub);
    broadcasts(cases, "multiply", SDVariable::mul);
    broadcasts(cases, "divide", SDVariable::div);
    cases.add(unary("add", "a variable to itself", x -> x.add(x)));
    cases.add(unary("subtract", "a variable from itself, times another use", x -> x.sub(x).add(x)));
    cases.add(unary("multiply", "a variable by itself", x -> x.mul(x)));
    cases.add(unary("divide", "a variable by its square", x -> x.div(x.mul(x))));
    scalars(cases);
    functions(cases);
    return cases;
  }

  private static void broadcasts(
      List<OpCase> cases, String op, BiFunction<SDVariable, SDVariable, SDVariable> emit) {
    for (long[][] shapes : BROADCASTS) {
      String what = Arrays.deepToString(shapes);
      OpCase c = OpCase.of(op, what, List.of(shapes), x -> emit.apply(x.get(0), x.get(1)));
      // SameDiff's own gradient of a quotient by a single value is wrong.
      boolean byOneValue = op.equals("divide") && Draws.count(shapes[1]) == 1;
      cases.add(byOneValue ? c.withoutAutodiff() : c);
    }
  }

  private static void scalars(List<OpCase> cases) {
    cases.add(unary("add_scalar", "x + 3", x -> x.add(3)));
    cases.add(unary("sub_scalar", "x - 3", x -> x.sub(3)));
    cases.add(unary("rsub_scalar", "3 - x", x -> x.rsub(3)));
    cases.add(unary("mul_scalar", "-2.5 x", x -> x.mul(-2.5)));
    cases.add(unary("div_scalar", "x / 4", x -> x.div(4)));
    cases.add(unary("rdiv_scalar", "2 / x", x -> x.rdiv(2)));
    cases.add(unary("mul_scalar", "after a mean", x -> x.mean(0).mul(3)));
  }

  // The native lrelu_bp keeps its slope in float: these slopes are exact in it.
  private static void functions(List<OpCase> cases) {
    cases.add(unary("neg", "-x", SDVariable::neg));
    cases.add(unary("exp", "exp x", x -> x.getSameDiff().math().exp(x)));
    cases.add(unary("log", "log x", x -> x.getSameDiff().math().log(x)).onPositive());
    cases.add(unary("sqrt", "sqrt x", x -> x.getSameDiff().math().sqrt(x)).onPositive());
    cases.add(unary("square", "x^2", x -> x.getSameDiff().math().square(x)));
    cases.add(unary("abs", "|x|", x -> x.getSameDiff().math().abs(x)));
    cases.add(unary("sign", "x sign x", x -> x.mul(x.getSameDiff().math().sign(x))));
    // Nothing is lost where what is stopped has no slope; GradientsTest has the other case.
    cases.add(
        unary("stop_gradient", "x stop(sign x)", x -> x.mul(stop(x.getSameDiff().math().sign(x)))));
    cases.add(unary("tanh", "tanh x", x -> x.getSameDiff().math().tanh(x)));
    cases.add(unary("sigmoid", "sigmoid x", x -> x.getSameDiff().nn().sigmoid(x)));
    cases.add(unary("relu", "max(x, 0)", x -> x.getSameDiff().nn().relu(x, 0)));
    cases.add(unary("leakyrelu", "slope 1/4", x -> x.getSameDiff().nn().leakyRelu(x, 0.25)));
    cases.add(unary("leakyrelu", "slope 0", x -> x.getSameDiff().nn().leakyRelu(x, 0)));
    cases.add(
        unary("leakyrelu", "of a mean", x -> x.getSameDiff().nn().leakyRelu(x.mean(1), 0.125)));
    cases.add(
        OpCase.of(
                "thresholdedrelu_bp",
                "at x and a gradient",
                List.of(new long[] {3, 4}, new long[] {3, 4}),
                x ->
                    new ThresholdReluBp(x.get(0).getSameDiff(), x.get(0), x.get(1), 0)
                        .outputVariable())
            .withoutAutodiff());
    cases.add(
        OpCase.of(
                "lrelu_bp",
                "at x and a gradient",
                List.of(new long[] {3, 4}, new long[] {3, 4}),
                x ->
                    new LeakyReLUBp(x.get(0).getSameDiff(), x.get(0), x.get(1), 0.25)
                        .outputVariable())
            .withoutAutodiff());
    // Through float: its rounding is 1e-7, and a wide step is exact for these polynomials.
    cases.add(
        unary("cast", "to float and back", x -> x.castTo(DataType.FLOAT).castTo(DataType.DOUBLE))
            .withStep(0.1, 1e-5));
    cases.add(unary("equals", "a mask of x = x", x -> x.mul(mask(x, x))).withoutAutodiff());
  }

  private static SDVariable stop(SDVariable x) {
    return new StopGradient(x.getSameDiff(), x).outputVariable();
  }

  private static SDVariable mask(SDVariable a, SDVariable b) {
    return a.getSameDiff().eq(a, b).castTo(DataType.DOUBLE);
  }
}
