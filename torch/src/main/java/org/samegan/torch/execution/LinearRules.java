package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.torch.library.Argument;

/** Products of matrices, convolutions, and the convolutions' gradients. */
final class LinearRules {
  static final Map<String, OpRule> RULES =
      Map.of(
          "matmul", LinearRules::matmul,
          "conv2d", op -> convolution(op, false),
          "deconv2d", op -> convolution(op, true),
          "conv2d_bp", op -> gradients(op, false),
          "deconv2d_bp", op -> gradients(op, true));

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
    op.require(
        op.input(0).rank() == 2 && op.input(1).rank() == 2,
        "operands of " + op.input(0).rank() + " and " + op.input(1).rank() + " axes",
        "matrices");
    Emission emission = op.emission();
    int y =
        emission.apply(
            "aten::mm",
            emission.factor(matrix(op, 0), op.type()),
            emission.factor(matrix(op, 1), op.type()));
    op.set(emission.product(y, op.type()));
  }

  private static int matrix(LoweredOp op, int index) {
    long[] flags = op.integers();
    boolean transposed = flags.length > index && flags[index] != 0;
    int x = op.tensor(index);
    return transposed ? op.emission().permute(x, 1, 0) : x;
  }

  private static void convolution(LoweredOp op, boolean transposed) {
    op.requireInputs(2);
    op.requireReal();
    DataType type = op.type();
    Emission emission = op.emission();
    int y =
        emission.call(
            "aten::convolution",
            arguments(
                op,
                transposed,
                new Argument.Tensor(emission.images(op.tensor(0), type)),
                new Argument.Tensor(emission.weight(op.tensor(1), type)),
                Argument.NONE));
    op.set(emission.fromImages(y, type));
  }

  /** Of images and weight, as far as they are needed. */
  private static void gradients(LoweredOp op, boolean transposed) {
    op.requireInputs(3);
    op.requireReal();
    DataType type = op.type();
    Emission emission = op.emission();
    boolean[] wanted = {op.output(0).needed(), op.output(1).needed(), false};
    Argument[] window =
        arguments(
            op,
            transposed,
            new Argument.Tensor(emission.images(op.tensor(2), type)),
            new Argument.Tensor(emission.images(op.tensor(0), type)),
            new Argument.Tensor(emission.weight(op.tensor(1), type)),
            Argument.NONE);
    Argument[] arguments = Arrays.copyOf(window, window.length + 1);
    arguments[window.length] = new Argument.Integers(wanted[0] ? 1 : 0, wanted[1] ? 1 : 0, 0);
    int[] results = emission.call("aten::convolution_backward", wanted, arguments);
    if (wanted[0]) {
      op.set(0, emission.fromImages(results[0], type));
    }
    if (wanted[1]) {
      op.set(1, emission.fromWeight(results[1], type));
    }
  }

  /** Tensors, and then the window that both operators have. */
  private static Argument[] arguments(LoweredOp op, boolean transposed, Argument... tensors) {
    long[] a = op.integers();
    long[] weight = op.input(1).shape();
    String found = "the arguments " + op.arguments();
    op.require(
        a.length >= 10 && a[0] == weight[0] && a[1] == weight[1],
        found,
        "the weight's own height and width, " + weight[0] + "x" + weight[1]);
    op.require(a[6] == 1 && a[7] == 1, found, "no dilation");
    op.require(a[8] == 0, found, "explicit padding, neither SAME nor CAUSAL");
    op.require(a[9] == 1, found, "images of (batch, height, width, channels), NHWC");
    op.require(
        a.length < 11 || a[10] == 0, found, "weights of (height, width, in, out), the format YXIO");
    Argument[] window = {
      new Argument.Integers(a[2], a[3]),
      new Argument.Integers(a[4], a[5]),
      new Argument.Integers(1, 1),
      Argument.truth(transposed),
      new Argument.Integers(0, 0),
      Argument.integer(1)
    };
    Argument[] all = Arrays.copyOf(tensors, tensors.length + window.length);
    System.arraycopy(window, 0, all, tensors.length, window.length);
    return all;
  }
}
