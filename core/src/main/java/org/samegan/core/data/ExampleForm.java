package org.samegan.core.data;

import java.util.Objects;
import org.samegan.core.Shape;

/**
 * What all examples of some data have in common: enough to make networks for them, and known before
 * the examples have been read.
 *
 * @param shape the shape of one example; images are (height, width, channels), points (coordinates)
 * @param classes those of the examples' labels
 */
public record ExampleForm(Shape shape, Classes classes) {
  /** Checks that both are given. */
  public ExampleForm {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(classes, "classes");
  }

  /**
   * Square images without labels.
   *
   * @param size height and width in pixels
   * @param channels 1 for gray, 3 for RGB
   */
  public static ExampleForm images(int size, int channels) {
    return images(size, channels, 0);
  }

  /** Square images with labels of so many classes. */
  public static ExampleForm images(int size, int channels, int classes) {
    return new ExampleForm(Shape.of(size, size, channels), Classes.of(classes));
  }

  /** Points with so many coordinates, without labels. */
  public static ExampleForm points(int coordinates) {
    return new ExampleForm(Shape.of(coordinates), Classes.NONE);
  }

  /** Whether these are images or points. */
  public ExampleKind kind() {
    return ExampleKind.of(shape);
  }

  /** The channels of an image. */
  public int channels() {
    return shape.channels();
  }

  /**
   * The height and the width of square images, in pixels.
   *
   * @throws IllegalArgumentException if they aren't square
   */
  public int size() {
    if (kind() != ExampleKind.IMAGES || shape.get(0) != shape.get(1)) {
      throw new IllegalArgumentException("expected square images, found examples of " + shape);
    }
    return shape.get(0);
  }
}
