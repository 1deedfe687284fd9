package org.samegan.core.layer;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * The upper left part of an image: x (batch, H, W, C), y (batch, height, width, C).
 *
 * @param height of the part, at least 1
 * @param width of the part, at least 1
 */
public record Crop(int height, int width) implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    Convolutions.checkImage("a crop", input);
    if (height < 1 || width < 1 || height > input.get(0) || width > input.get(1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "an image of %s can't be cropped to %dx%d", input, height, width));
    }
    return Shape.of(height, width, input.channels());
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    return Convolutions.crop(scope.graph(), x, outputShape(input));
  }
}
