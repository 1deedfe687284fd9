package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.ScalarOp;

/** Rules of the four operations, between arrays that broadcast and with a number. */
final class ArithmeticRules {
  static final Map<String, GradientRule> RULES =
      Map.ofEntries(
          Map.entry("add", ArithmeticRules::add),
          Map.entry("subtract", ArithmeticRules::subtract),
          Map.entry("multiply", ArithmeticRules::multiply),
          Map.entry("divide", ArithmeticRules::divide),
          Map.entry("add_scalar", op -> list(op.gradient())),
          Map.entry("sub_scalar", op -> list(op.gradient())),
          Map.entry("rsub_scalar", op -> list(op.gradient().neg())),
          Map.entry("mul_scalar", op -> list(op.gradient().mul(scalar(op)))),
          Map.entry("div_scalar", op -> list(op.gradient().div(scalar(op)))),
          Map.entry("rdiv_scalar", ArithmeticRules::reverseDivide));

  private ArithmeticRules() {}

  private static List<SDVariable> add(OpGradient op) {
    return list(
        op.needs(0) ? op.unbroadcast(op.gradient(), 0) : null,
        op.needs(1) ? op.unbroadcast(op.gradient(), 1) : null);
  }

  private static List<SDVariable> subtract(OpGradient op) {
    return list(
        op.needs(0) ? op.unbroadcast(op.gradient(), 0) : null,
        op.needs(1) ? op.unbroadcast(op.gradient(), 1).neg() : null);
  }

  private static List<SDVariable> multiply(OpGradient op) {
    SDVariable a = op.input(0);
    SDVariable b = op.input(1);
    if (a.name().equals(b.name())) {
      // d(x x) = 2 x dx in one product instead of two and their sum.
      return list(op.gradient().mul(2).mul(a), null);
    }
    return list(
        op.needs(0) ? op.unbroadcast(op.gradient().mul(b), 0) : null,
        op.needs(1) ? op.unbroadcast(op.gradient().mul(a), 1) : null);
  }

  private static List<SDVariable> divide(OpGradient op) {
    SDVariable quotient = op.gradient().div(op.input(1));
    return list(
        op.needs(0) ? op.unbroadcast(quotient, 0) : null,
        op.needs(1) ? op.unbroadcast(quotient.mul(op.output()), 1).neg() : null);
  }

  private static List<SDVariable> reverseDivide(OpGradient op) {
    return list(op.gradient().mul(op.output()).div(op.input(0)).neg());
  }

  private static double scalar(OpGradient op) {
    return ((ScalarOp) op.op()).scalar().getDouble(0);
  }
}
