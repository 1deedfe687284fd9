package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.torch.library.Argument;

/**
 * Convolutions, transposed ones and the gradients of both. Zeros around what they read, and slices
 * of what they give, become the window's own padding as far as they are the same at both ends.
 */
final class ConvolutionRules {
  static final Map<String, OpRule> RULES =
      Map.of(
          "conv2d", ConvolutionRules::convolution,
          "deconv2d", ConvolutionRules::transposed,
          "conv2d_bp", ConvolutionRules::gradients,
          "deconv2d_bp", ConvolutionRules::transposedGradients);

  private static final boolean[] FIRST = {true, false, false};
  private static final boolean[] SECOND = {false, true, false};

  private ConvolutionRules() {}

  private static void convolution(LoweredOp op) {
    op.requireInputs(2);
    Window window = Window.of(op);
    Padded x = Padded.of(op, 0, window);
    op.set(
        call(op, "aten::convolution", window.padded(x.inside()), false, x.images(op), weight(op)));
  }

  private static void transposed(LoweredOp op) {
    op.requireInputs(2);
    Window window = Window.of(op);
    op.set(
        Value.cuttable(
            op.shape(),
            op.type(),
            margins -> {
              SubpixelConvolution few = new SubpixelConvolution(op, 0, window);
              if (few.isFaster(op.shape())) {
                return few.emit(op.shape(), margins);
              }
              Margins inside = margins.common(window.mostRows(), window.mostColumns());
              int y =
                  call(
                      op,
                      "aten::convolution",
                      window.padded(inside),
                      true,
                      images(op, op.tensor(0)),
                      weight(op));
              return margins.minus(inside).cutFrom(op.emission(), y, inside.cutFrom(op.shape()));
            }));
  }

  private static void gradients(LoweredOp op) {
    op.requireInputs(3);
    Window window = Window.of(op);
    if (op.output(1).needed()) {
      int gradient = images(op, op.tensor(2));
      Padded x = Padded.of(op, 0, window);
      op.set(1, backward(op, SECOND, window.padded(x.inside()), false, gradient, x.images(op)));
    }
    if (op.output(0).needed()) {
      long[] shape = op.input(0).shape();
      op.set(
          Value.cuttable(
              shape,
              op.type(),
              margins -> {
                SubpixelConvolution few = new SubpixelConvolution(op, 2, window);
                if (few.isFaster(shape)) {
                  return few.emit(shape, margins);
                }
                Margins inside = margins.common(window.mostRows(), window.mostColumns());
                int gradient = images(op, op.tensor(2));
                int like = images(op, inside(op, inside, window));
                int y = backward(op, FIRST, window.padded(inside), false, gradient, like);
                return margins.minus(inside).cutFrom(op.emission(), y, inside.cutFrom(shape));
              }));
    }
  }

  /** Images of the extents of those whose gradient is computed without margins. */
  private static int inside(LoweredOp op, Margins inside, Window window) {
    Padded x = Padded.of(op, 0, window);
    return x.inside().equals(inside)
        ? x.register()
        : inside.cutFrom(op.emission(), op.tensor(0), op.input(0).shape());
  }

  private static void transposedGradients(LoweredOp op) {
    op.requireInputs(3);
    Window window = Window.of(op);
    Padded gradient = Padded.of(op, 2, window);
    int g = gradient.images(op);
    int x = images(op, op.tensor(0));
    Window padded = window.padded(gradient.inside());
    if (op.output(0).needed()) {
      op.set(0, backward(op, FIRST, padded, true, g, x));
    }
    if (op.output(1).needed()) {
      op.set(1, backward(op, SECOND, padded, true, g, x));
    }
  }

  private static int images(LoweredOp op, int x) {
    return op.emission().images(x, op.type());
  }

  private static int weight(LoweredOp op) {
    return op.emission().weight(op.tensor(1), op.input(1).shape(), op.type());
  }

  private static int call(
      LoweredOp op, String operator, Window window, boolean transposed, int x, int weight) {
    int y =
        op.emission()
            .call(
                operator,
                window.after(
                    transposed,
                    new Argument.Tensor(x),
                    new Argument.Tensor(weight),
                    Argument.NONE));
    return op.emission().fromImages(y, op.type());
  }

  /** One of the gradients: of the images, or of the weight. */
  private static int backward(
      LoweredOp op, boolean[] wanted, Window window, boolean transposed, int gradient, int x) {
    Argument[] windowed =
        window.after(
            transposed,
            new Argument.Tensor(gradient),
            new Argument.Tensor(x),
            new Argument.Tensor(weight(op)),
            Argument.NONE);
    Argument[] arguments = Arrays.copyOf(windowed, windowed.length + 1);
    arguments[windowed.length] = new Argument.Integers(wanted[0] ? 1 : 0, wanted[1] ? 1 : 0, 0);
    int[] results = op.emission().call("aten::convolution_backward", wanted, arguments);
    DataType type = op.type();
    return wanted[0]
        ? op.emission().fromImages(results[0], type)
        : op.emission().fromWeight(results[1], type);
  }

  /**
   * Images that an op reads: without the zeros around them that its window can have as padding, and
   * with what is left of those.
   */
  private record Padded(int register, Margins inside) {
    static Padded of(LoweredOp op, int input, Window window) {
      Value x = op.input(input);
      Margins inside = x.around().common(window.mostRows(), window.mostColumns());
      if (inside.isNone()) {
        return new Padded(op.tensor(input), inside);
      }
      int inner = op.emission().tensor(x.inner());
      return new Padded(x.around().minus(inside).around(op.emission(), inner), inside);
    }

    int images(LoweredOp op) {
      return op.emission().images(register, op.type());
    }
  }

  /** The window of a convolution: its weight's extents, its strides and its padding. */
  record Window(long height, long width, long strideY, long strideX, long paddingY, long paddingX) {
    static Window of(LoweredOp op) {
      op.requireReal();
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
          a.length < 11 || a[10] == 0,
          found,
          "weights of (height, width, in, out), the format YXIO");
      return new Window(a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    /** More padding than leaves a pixel in every window is more than libraries are tested with. */
    long mostRows() {
      return height - 1 - paddingY;
    }

    long mostColumns() {
      return width - 1 - paddingX;
    }

    Window padded(Margins inside) {
      return new Window(
          height, width, strideY, strideX, paddingY + inside.top(), paddingX + inside.left());
    }

    /** Tensors, and then the window, as both operators have it. */
    Argument[] after(boolean transposed, Argument... tensors) {
      Argument[] window = {
        new Argument.Integers(strideY, strideX),
        new Argument.Integers(paddingY, paddingX),
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
}
