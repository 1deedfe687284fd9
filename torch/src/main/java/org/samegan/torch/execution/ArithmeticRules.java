package org.samegan.torch.execution;

import java.util.Map;
import org.samegan.torch.library.Argument;

/** The four operations, between arrays that broadcast and with a number; greatest and least. */
final class ArithmeticRules {
  static final Map<String, OpRule> RULES =
      Map.ofEntries(
          Map.entry("add", op -> between(op, '+')),
          Map.entry("subtract", op -> between(op, '-')),
          Map.entry("multiply", ArithmeticRules::multiply),
          Map.entry("divide", op -> between(op, '/')),
          Map.entry("add_scalar", op -> withNumber(op, '+', false)),
          Map.entry("sub_scalar", op -> withNumber(op, '-', false)),
          Map.entry("rsub_scalar", op -> withNumber(op, '-', true)),
          Map.entry("mul_scalar", op -> withNumber(op, '*', false)),
          Map.entry("div_scalar", op -> withNumber(op, '/', false)),
          Map.entry("rdiv_scalar", op -> withNumber(op, '/', true)),
          Map.entry("neg", ArithmeticRules::negate),
          Map.entry("square", ArithmeticRules::square),
          Map.entry("maximum", op -> extreme(op, "aten::maximum")),
          Map.entry("minimum", op -> extreme(op, "aten::minimum")),
          Map.entry("equals", ArithmeticRules::equal));

  private ArithmeticRules() {}

  private static void between(LoweredOp op, char operation) {
    op.requireInputs(2);
    op.requireReal();
    op.set(emit(op, operation, operand(op, 0), operand(op, 1)));
  }

  /**
   * A number takes part as an argument of the kernel if it does not decide the result's shape. Two
   * of them can't both.
   */
  private static int operand(LoweredOp op, int index) {
    Value value = op.input(index);
    Value other = op.input(1 - index);
    return value.isNumber() && !other.isNumber() && other.hasShape(op.shape())
        ? op.emission().operand(value.type(), value.number())
        : op.tensor(index);
  }

  private static void withNumber(LoweredOp op, char operation, boolean reversed) {
    op.requireInputs(1);
    op.requireReal();
    int x = op.tensor(0);
    int number = op.emission().operand(op.type(), op.scalar());
    op.set(emit(op, operation, reversed ? number : x, reversed ? x : number));
  }

  private static int emit(LoweredOp op, char operation, int a, int b) {
    Emission emission = op.emission();
    return switch (operation) {
      case '+' -> emission.add(a, b);
      case '-' -> emission.subtract(a, b, 1);
      case '*' -> emission.apply("aten::mul.Tensor", a, b);
      default -> emission.apply("aten::div.Tensor", a, b);
    };
  }

  /** A product with ones only repeats the other operand, or is that operand. */
  private static void multiply(LoweredOp op) {
    op.requireInputs(2);
    op.requireReal();
    for (int i = 0; i < 2; i++) {
      Value ones = op.input(i);
      Value other = op.input(1 - i);
      if (ones.isNumber() && ones.number() == 1) {
        if (other.hasShape(op.shape())) {
          op.set(other);
        } else {
          op.set(op.emission().expand(op.tensor(1 - i), op.shape()));
        }
        return;
      }
    }
    between(op, '*');
  }

  private static void negate(LoweredOp op) {
    op.requireReal();
    op.set(op.emission().apply("aten::neg", op.tensor(0)));
  }

  private static void square(LoweredOp op) {
    op.requireReal();
    op.set(op.emission().apply("aten::mul.Tensor", op.tensor(0), op.tensor(0)));
  }

  private static void extreme(LoweredOp op, String operator) {
    op.requireInputs(2);
    op.requireReal();
    op.set(op.emission().apply(operator, op.tensor(0), op.tensor(1)));
  }

  private static void equal(LoweredOp op) {
    op.requireInputs(2);
    op.set(
        op.emission()
            .call(
                "aten::eq.Tensor",
                new Argument.Tensor(op.tensor(0)),
                new Argument.Tensor(op.tensor(1))));
  }
}
