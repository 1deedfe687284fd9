package org.samegan.core.layer;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * Gives the values another shape, in row-major order.
 *
 * @param shape the shape of an output example
 */
public record Reshape(Shape shape) implements Layer {
  /** To a vector, or to an image of (height, width, channels). */
  public static Reshape to(int... dimensions) {
    return new Reshape(Shape.of(dimensions));
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.elements() != shape.elements()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an input of %s has %d values and can't become %s, which has %d",
              input,
              input.elements(),
              shape,
              shape.elements()));
    }
    return shape;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    return scope.graph().reshape(x, shape.batch(-1));
  }
}
