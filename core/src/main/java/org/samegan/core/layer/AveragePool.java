package org.samegan.core.layer;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.graph.Window;

/**
 * Means over squares that don't overlap: x (batch, H, W, C), y (batch, H / factor, W / factor, C).
 *
 * @param factor the squares' edge, at least 2; it must divide H and W
 */
public record AveragePool(int factor) implements Layer {
  /** Checks the factor. */
  public AveragePool {
    if (factor < 2) {
      throw new IllegalArgumentException("pooling needs a factor of at least 2, found " + factor);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    Convolutions.checkImage("pooling", input);
    if (input.get(0) % factor != 0 || input.get(1) % factor != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "images of %s can't be pooled by %d", input, factor));
    }
    return Shape.of(input.get(0) / factor, input.get(1) / factor, input.channels());
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    return scope.graph().cnn().avgPooling2d(x, Window.tile(factor, factor).pooling());
  }
}
