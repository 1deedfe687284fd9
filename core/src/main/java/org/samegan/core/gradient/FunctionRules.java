package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;

/** Rules of functions of one value: g at y = f(x) becomes g f'(x) at x. */
final class FunctionRules {
  static final Map<String, GradientRule> RULES =
      Map.ofEntries(
          Map.entry("neg", op -> list(op.gradient().neg())),
          Map.entry("exp", op -> list(op.gradient().mul(op.output()))),
          Map.entry("log", op -> list(op.gradient().div(op.input(0)))),
          Map.entry("sqrt", op -> list(op.gradient().mul(0.5).div(op.output()))),
          Map.entry("square", op -> list(op.gradient().mul(2).mul(op.input(0)))),
          Map.entry("abs", FunctionRules::abs),
          Map.entry("sign", op -> list((SDVariable) null)),
          Map.entry("tanh", FunctionRules::tanh),
          Map.entry("sigmoid", FunctionRules::sigmoid),
          Map.entry("relu", FunctionRules::relu),
          Map.entry("leakyrelu", FunctionRules::leakyRelu),
          Map.entry("thresholdedrelu_bp", FunctionRules::reluGradient),
          Map.entry("lrelu_bp", FunctionRules::leakyReluGradient));

  private FunctionRules() {}

  private static List<SDVariable> abs(OpGradient op) {
    return list(op.gradient().mul(op.graph().math().sign(op.input(0))));
  }

  private static List<SDVariable> tanh(OpGradient op) {
    SDVariable y = op.output();
    return list(op.gradient().mul(y.mul(y).rsub(1)));
  }

  private static List<SDVariable> sigmoid(OpGradient op) {
    SDVariable y = op.output();
    return list(op.gradient().mul(y.rsub(1).mul(y)));
  }

  private static List<SDVariable> relu(OpGradient op) {
    return list(reluGradient(op, op.denseGradient(0), scalar(op)));
  }

  private static List<SDVariable> leakyRelu(OpGradient op) {
    double slope = scalar(op);
    return list(
        new LeakyReLUBp(op.graph(), op.input(0), op.denseGradient(0), slope).outputVariable());
  }

  private static double scalar(OpGradient op) {
    op.require(
        op.op() instanceof ScalarOp, "its number as an array", "nn().relu and nn().leakyRelu");
    return ((ScalarOp) op.op()).scalar().getDouble(0);
  }

  // The next two are linear in their second input, and constant in the first almost everywhere.

  private static List<SDVariable> reluGradient(OpGradient op) {
    double cutoff = ((ThresholdReluBp) op.op()).tArgs()[0];
    return list(null, op.needs(1) ? reluGradient(op, op.denseGradient(0), cutoff) : null);
  }

  private static SDVariable reluGradient(OpGradient op, SDVariable gradient, double cutoff) {
    return new ThresholdReluBp(op.graph(), op.input(0), gradient, cutoff).outputVariable();
  }

  private static List<SDVariable> leakyReluGradient(OpGradient op) {
    double slope = ((LeakyReLUBp) op.op()).tArgs()[0];
    return list(
        null,
        op.needs(1)
            ? new LeakyReLUBp(op.graph(), op.input(0), op.denseGradient(0), slope).outputVariable()
            : null);
  }
}
