package org.samegan.models;

import org.samegan.core.Shape;
import org.samegan.core.training.Latent;

/**
 * The images that a model is for.
 *
 * @param size height and width in pixels
 * @param channels 1 for gray, 3 for RGB
 * @param classes how many classes their labels have; 0 without labels
 */
public record ImageFormat(int size, int channels, int classes) {
  /** Checks the numbers. */
  public ImageFormat {
    if (size < 1 || (channels != 1 && channels != 3) || classes < 0) {
      throw new IllegalArgumentException(
          String.format(
              "images must have at least 1 pixel, 1 or 3 channels, and no negative number of"
                  + " classes, found size %d, %d channels and %d classes",
              size, channels, classes));
    }
  }

  /** Images without labels. */
  public ImageFormat(int size, int channels) {
    this(size, channels, 0);
  }

  /** Height, width, channels. */
  public Shape shape() {
    return Shape.of(size, size, channels);
  }

  /**
   * The label of a model that is told the images' classes.
   *
   * @param variant the variant's name, for messages
   * @throws IllegalArgumentException if the images have no labels, or one class only
   */
  Latent.Label labelFor(String variant) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          String.format(
              "%s learns from labels of at least 2 classes, but the images have %s; use images in"
                  + " folders, one a class, or IDX images with their labels' file beside them"
                  + " (images-idx3 and labels-idx1), or a variant without labels, such as dcgan",
              variant, classes == 0 ? "no labels" : "one class"));
    }
    return new Latent.Label(classes);
  }
}
