package org.samegan.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/** A recipe from the literature: what it can be asked to change, and the GAN that it makes. */
public interface Variant {
  /** The name, such as {@code dcgan}. */
  String name();

  /** One line on what it is, with its source. */
  String summary();

  /** What it can learn to make. */
  Set<ExampleKind> kinds();

  /** The image sizes it has architectures for, ascending; empty for any size. */
  List<Integer> sizes();

  /**
   * What can be changed, with defaults.
   *
   * @param kind one of the variant's
   */
  List<Setting<?>> settings(ExampleKind kind);

  /**
   * The GAN for examples of a form.
   *
   * @param form one that the variant {@linkplain #requireSupport supports}
   * @param settings values of the variant's settings for this kind of examples
   * @throws IllegalArgumentException if there is no architecture for it
   */
  Gan gan(ExampleForm form, Settings settings);

  /**
   * The GAN for examples of a form, with some settings changed.
   *
   * @param given values by key; the others have their defaults
   * @throws IllegalArgumentException if there is no architecture for the form, a key is unknown, or
   *     a value is not allowed
   */
  default Gan gan(ExampleForm form, Map<String, ?> given) {
    requireSupport(form);
    return gan(form, settings(form.kind(), given));
  }

  /**
   * The values of all settings for a kind of examples.
   *
   * @param given values by key; the others have their defaults
   * @throws IllegalArgumentException if the variant doesn't make such examples, a key is unknown,
   *     or a value is not allowed
   */
  default Settings settings(ExampleKind kind, Map<String, ?> given) {
    requireKind(kind);
    String owner = kinds().size() == 1 ? name() : name() + " on " + kind.plural();
    return new Settings(owner, settings(kind), given);
  }

  /**
   * Makes sure that it can learn to make examples of a kind.
   *
   * @throws IllegalArgumentException if it can't, with the variants that can
   */
  default void requireKind(ExampleKind kind) {
    if (!kinds().contains(kind)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s makes no %s, as its networks are part of it; the variants that can be trained on"
                  + " %s are %s",
              name(),
              kind.plural(),
              kind.plural(),
              Variants.all().stream()
                  .filter(other -> other.kinds().contains(kind))
                  .map(Variant::name)
                  .collect(Collectors.joining(", "))));
    }
  }

  /**
   * Makes sure that it has an architecture for images of a height and width.
   *
   * @param size in pixels
   * @throws IllegalArgumentException if it hasn't, with its sizes
   */
  default void requireSize(int size) {
    if (!sizes().isEmpty() && !sizes().contains(size)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has no architecture for %dx%d images; choose the option image-size from %s",
              name(),
              size,
              size,
              sizes().stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
  }

  /**
   * Makes sure that it has an architecture for examples of a form.
   *
   * @throws IllegalArgumentException if it hasn't, with what it has
   */
  default void requireSupport(ExampleForm form) {
    requireKind(form.kind());
    if (form.kind() == ExampleKind.IMAGES) {
      if (form.shape().get(0) != form.shape().get(1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the images are %d pixels high and %d wide, but all variants make squares; choose a"
                    + " size with the option image-size",
                form.shape().get(0),
                form.shape().get(1)));
      }
      if (form.channels() != 1 && form.channels() != 3) {
        throw new IllegalArgumentException(
            "images must have 1 or 3 channels, gray or RGB, found " + form.channels());
      }
      requireSize(form.size());
    }
  }
}
