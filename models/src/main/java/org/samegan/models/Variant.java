package org.samegan.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.training.Gan;

/** A recipe from the literature: what it can be asked to change, and the GAN that it makes. */
public interface Variant {
  /** The name on the command line, such as {@code dcgan}. */
  String name();

  /** One line on what it is, with its source. */
  String summary();

  /** The image sizes it has architectures for, ascending; empty for any size. */
  List<Integer> sizes();

  /** Whether it has an architecture for images of this height and width in pixels. */
  default boolean supports(int size) {
    return sizes().isEmpty() || sizes().contains(size);
  }

  /** What can be changed, with defaults. */
  List<Setting<?>> settings();

  /** The same for points of the plane; empty if it is for images only. */
  default Optional<PointVariant> onPoints() {
    return Optional.empty();
  }

  /**
   * The GAN for these images.
   *
   * @param images one of the variant's sizes, gray or RGB
   * @param settings values of the variant's settings
   * @throws IllegalArgumentException if there is no architecture for the images
   */
  Gan gan(ImageFormat images, Settings settings);

  /**
   * The GAN for these images, with some settings changed.
   *
   * @param given values by key; the others have their defaults
   * @throws IllegalArgumentException if there is no architecture for the images, a key is unknown,
   *     or a value is not allowed
   */
  default Gan gan(ImageFormat images, Map<String, ?> given) {
    requireSize(images);
    return gan(images, new Settings(name(), settings(), given));
  }

  private void requireSize(ImageFormat images) {
    if (!supports(images.size())) {
      throw new IllegalArgumentException(
          String.format(
              "%s has no architecture for %dx%d images; choose an image size of %s",
              name(),
              images.size(),
              images.size(),
              sizes().stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElseThrow()));
    }
  }
}
