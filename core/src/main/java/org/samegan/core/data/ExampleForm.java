package org.samegan.core.data;

import java.util.Objects;
import org.samegan.core.Shape;

/**
 * What all examples of some data have in common: enough to make networks for them, and known before
 * the examples have been read.
 *
 * @param shape the shape of one example; images are (height, width, channels)
 * @param classes the number of classes, or 0 if the examples carry no labels
 */
public record ExampleForm(Shape shape, int classes) {
  /** Checks the number of classes. */
  public ExampleForm {
    Objects.requireNonNull(shape, "shape");
    if (classes < 0) {
      throw new IllegalArgumentException(
          "the number of classes must be 0 or more, found " + classes);
    }
  }
}
