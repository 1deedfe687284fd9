package org.samegan.models;

import java.util.Locale;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Latent;

/** The labels of models that are told the images' classes. */
final class Labels {
  private Labels() {}

  /**
   * The label of a model for images.
   *
   * @param variant the variant's name, for messages
   * @throws IllegalArgumentException if the images have no labels, or one class only
   */
  static Latent.Label of(ExampleForm images, String variant) {
    if (images.classes().count() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s learns from labels of at least 2 classes, but the images have %s; use images in"
                  + " folders, one a class, or IDX images with their labels' file beside them"
                  + " (images-idx3 and labels-idx1), or a variant without labels, such as dcgan",
              variant,
              images.classes().count() == 0 ? "no labels" : "one class"));
    }
    return new Latent.Label(images.classes());
  }
}
