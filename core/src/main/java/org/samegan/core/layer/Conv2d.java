package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.graph.Window;

/**
 * A strided 2-D convolution (cross-correlation): x (batch, H, W, in), weight (kernel, kernel, in,
 * channels), y (batch, H', W', channels) with {@code H' = floor((H + 2 padding - kernel) / stride)
 * + 1}, or {@code ceil(H / stride)} for SAME.
 *
 * @param channels the number of output channels, at least 1
 * @param kernel the kernel's height and width, at least 1
 * @param stride the step, at least 1
 * @param padding of the input
 * @param bias whether a bias per channel is added; it starts at 0
 * @param initializer of the weight
 */
public record Conv2d(
    int channels, int kernel, int stride, Padding padding, boolean bias, Initializer initializer)
    implements Layer {
  /** Checks the extents. */
  public Conv2d {
    Convolutions.check("a convolution", channels, kernel, stride);
  }

  /** With a bias, and He's normal weights. */
  public Conv2d(int channels, int kernel, int stride, Padding padding) {
    this(channels, kernel, stride, padding, true, new Initializer.HeNormal());
  }

  /** Without the bias, as before a batch normalisation, which would cancel it. */
  public Conv2d withoutBias() {
    return new Conv2d(channels, kernel, stride, padding, false, initializer);
  }

  /** With other initial weights. */
  public Conv2d withInitializer(Initializer other) {
    return new Conv2d(channels, kernel, stride, padding, bias, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    Convolutions.checkImage("a convolution", input);
    long height = padded(input.get(0));
    long width = padded(input.get(1));
    if (padding instanceof Padding.Explicit && Math.min(height, width) < kernel) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a kernel of %dx%d is larger than its padded input of %dx%d;"
                  + " use a smaller kernel, more padding, or fewer strided layers before it",
              kernel,
              kernel,
              height,
              width));
    }
    // The padded image must fit as well, whatever the stride leaves of it.
    Convolutions.shape("the padding of a convolution", height, width, input.channels());
    return Shape.of(extent(input.get(0)), extent(input.get(1)), channels);
  }

  private long padded(int input) {
    return padding instanceof Padding.Explicit explicit
        ? input + 2L * explicit.pixels()
        : Math.max(input, (extent(input) - 1L) * stride + kernel);
  }

  private int extent(int input) {
    return padding instanceof Padding.Explicit
        ? Math.toIntExact((padded(input) - kernel) / stride + 1)
        : (int) ((input + (long) stride - 1) / stride);
  }

  @Override
  public List<Variable> variables(Shape input) {
    long area = (long) kernel * kernel;
    List<Variable> variables = new ArrayList<>();
    variables.add(
        Variable.parameter(
            "weight",
            Shape.of(kernel, kernel, input.channels(), channels),
            initializer.distribution(area * input.channels(), area * channels)));
    if (bias) {
      variables.add(Biases.variable(channels));
    }
    return variables;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    int before = 0;
    if (padding instanceof Padding.Explicit explicit) {
      before = explicit.pixels();
    } else {
      // SAME may pad one side more than the other, which only a pad op of its own can say.
      x = padSame(scope, x, input);
    }
    Window window = Window.square(kernel, stride, before);
    SDVariable y = scope.graph().cnn().conv2d(x, scope.variable("weight"), window.convolution());
    return bias ? Biases.add(scope, y) : y;
  }

  private SDVariable padSame(LayerScope scope, SDVariable x, Shape input) {
    Margins height = margins(input.get(0));
    Margins width = margins(input.get(1));
    if (height.total() + width.total() == 0) {
      return x;
    }
    return Convolutions.pad(scope.graph(), x, height, width);
  }

  /** The zeros put around an input of this extent, along either axis. */
  public Margins margins(int input) {
    if (padding instanceof Padding.Explicit explicit) {
      return new Margins(explicit.pixels(), explicit.pixels());
    }
    int total = Math.toIntExact(padded(input) - input);
    return new Margins(total / 2, total - total / 2);
  }
}
