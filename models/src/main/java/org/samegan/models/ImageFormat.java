package org.samegan.models;

import org.samegan.core.Shape;

/**
 * The images that a model is for.
 *
 * @param size height and width in pixels
 * @param channels 1 for gray, 3 for RGB
 */
public record ImageFormat(int size, int channels) {
  /** Checks the numbers. */
  public ImageFormat {
    if (size < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          String.format(
              "images must have at least 1 pixel, and 1 or 3 channels, found size %d and %d"
                  + " channels",
              size, channels));
    }
  }

  /** Height, width, channels. */
  public Shape shape() {
    return Shape.of(size, size, channels);
  }
}
