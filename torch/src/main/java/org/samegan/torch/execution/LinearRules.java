package org.samegan.torch.execution;

import java.util.Map;

/** Products of matrices, and of batches of them. */
final class LinearRules {
  static final Map<String, OpRule> RULES = Map.of("matmul", LinearRules::matmul);

  private LinearRules() {}

  private static void matmul(LoweredOp op) {
    op.requireInputs(2);
    op.requireReal();
    long[] flags = op.integers();
    double[] factors = op.reals();
    op.require(
        (flags.length < 3 || flags[2] == 0)
            && (factors.length < 1 || factors[0] == 1)
            && (factors.length < 2 || factors[1] == 0),
        "the arguments " + op.arguments(),
        "transposed operands, and the product alone");
    int rank = op.shape().length;
    op.require(
        (rank == 2 || rank == 3) && op.input(0).rank() == rank && op.input(1).rank() == rank,
        "operands of " + op.input(0).rank() + " and " + op.input(1).rank() + " axes",
        "matrices, or as many matrices on either side");
    Emission emission = op.emission();
    int y =
        emission.apply(
            rank == 2 ? "aten::mm" : "aten::bmm",
            emission.factor(matrix(op, 0), op.type()),
            emission.factor(matrix(op, 1), op.type()));
    op.set(emission.product(y, op.type()));
  }

  private static int matrix(LoweredOp op, int index) {
    long[] flags = op.integers();
    boolean transposed = flags.length > index && flags[index] != 0;
    int x = op.tensor(index);
    if (!transposed) {
      return x;
    }
    return op.input(index).rank() == 2
        ? op.emission().permute(x, 1, 0)
        : op.emission().permute(x, 0, 2, 1);
  }
}
