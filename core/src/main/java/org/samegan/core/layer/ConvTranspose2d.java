package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.graph.Window;

/**
 * A transposed convolution, the gradient of {@link Conv2d} with respect to its input: x (batch, H,
 * W, in), weight (kernel, kernel, channels, in), y (batch, H', W', channels) with {@code H' = (H -
 * 1) stride + kernel - 2 padding}, or {@code H stride} for TensorFlow's SAME.
 *
 * @param channels the number of output channels, at least 1
 * @param kernel the kernel's height and width, at least 1; for SAME at least the stride
 * @param stride the step, at least 1
 * @param padding what is cut off every side of the full output
 * @param bias whether a bias per channel is added; it starts at 0
 * @param initializer of the weight
 */
public record ConvTranspose2d(
    int channels, int kernel, int stride, Padding padding, boolean bias, Initializer initializer)
    implements Layer {
  /** Checks the extents. */
  public ConvTranspose2d {
    Convolutions.check("a transposed convolution", channels, kernel, stride);
    if (padding instanceof Padding.Same && kernel < stride) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a transposed convolution with SAME padding needs a kernel of at least its stride,"
                  + " found kernel %d and stride %d",
              kernel,
              stride));
    }
  }

  /** With a bias, and He's normal weights. */
  public ConvTranspose2d(int channels, int kernel, int stride, Padding padding) {
    this(channels, kernel, stride, padding, true, new Initializer.HeNormal());
  }

  /** Without the bias, as before a batch normalisation, which would cancel it. */
  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(channels, kernel, stride, padding, false, initializer);
  }

  /** With other initial weights. */
  public ConvTranspose2d withInitializer(Initializer other) {
    return new ConvTranspose2d(channels, kernel, stride, padding, bias, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    Convolutions.checkImage("a transposed convolution", input);
    return Convolutions.shape(
        "a transposed convolution", extent(input.get(0)), extent(input.get(1)), channels);
  }

  private long extent(int input) {
    if (padding instanceof Padding.Explicit explicit) {
      long extent = (input - 1L) * stride + kernel - 2L * explicit.pixels();
      if (extent < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a transposed convolution with kernel %d, stride %d and padding %d leaves nothing"
                    + " of an input of extent %d; use less padding",
                kernel,
                stride,
                explicit.pixels(),
                input));
      }
      return extent;
    }
    return (long) input * stride;
  }

  @Override
  public List<Variable> variables(Shape input) {
    long area = (long) kernel * kernel;
    List<Variable> variables = new ArrayList<>();
    variables.add(
        Variable.parameter(
            "weight",
            Shape.of(kernel, kernel, channels, input.channels()),
            initializer.distribution(area * input.channels(), area * channels)));
    if (bias) {
      variables.add(Biases.variable(channels));
    }
    return variables;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    // The op's own SAME mode is some 20 times slower than padding and cropping explicitly.
    Margins margins = margins();
    Window window = Window.square(kernel, stride, margins.before());
    SDVariable y = scope.graph().cnn().deconv2d(x, scope.variable("weight"), window.transposed());
    if (margins.after() > margins.before()) {
      y = Convolutions.crop(scope.graph(), y, outputShape(input));
    }
    return bias ? Biases.add(scope, y) : y;
  }

  /** What is cut off the full output, along either axis. */
  public Margins margins() {
    if (padding instanceof Padding.Explicit explicit) {
      return new Margins(explicit.pixels(), explicit.pixels());
    }
    int before = (kernel - stride) / 2;
    return new Margins(before, kernel - stride - before);
  }
}
