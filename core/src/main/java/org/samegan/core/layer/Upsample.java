package org.samegan.core.layer;

import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * Repeats each pixel: x (batch, H, W, C), y (batch, factor H, factor W, C).
 *
 * @param factor at least 2
 */
public record Upsample(int factor) implements Layer {
  /** Checks the factor. */
  public Upsample {
    if (factor < 2) {
      throw new IllegalArgumentException(
          "upsampling needs a factor of at least 2, found " + factor);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    Convolutions.checkImage("upsampling", input);
    return Convolutions.shape(
        (long) input.get(0) * factor, (long) input.get(1) * factor, input.channels());
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    return scope.graph().cnn().upsampling2d(x, factor, factor, false);
  }
}
