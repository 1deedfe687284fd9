package org.samegan.core.augmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.samegan.core.Shape;
import org.samegan.core.setting.NearestName;

/**
 * What is done to every image that a discriminator is shown while it or the generator learns: the
 * same to real and to generated ones, with draws of their own (Zhao et al. 2020, arXiv:2006.10738,
 * eq. 3 to 5). A generator that is judged by transformed images still learns the images as they
 * are, and a discriminator that never sees an image twice can't learn them by heart.
 *
 * <p>As a text it is the transformations' names, such as {@code translation,cutout}; {@code color}
 * stands for {@code brightness,saturation,contrast}, and {@code none} for none at all. {@code ada:}
 * in front makes it adaptive; {@code ada} alone is {@code ada:translation,cutout}.
 *
 * @param transformations in the order that they are applied
 * @param control how often
 */
public record AugmentationPolicy(
    List<Transformation> transformations, AugmentationControl control) {
  /** Images are shown as they are. */
  public static final AugmentationPolicy NONE =
      new AugmentationPolicy(List.of(), new AugmentationControl.Always());

  /** What helps on little data of any kind. */
  private static final String USUAL = "translation,cutout";

  private static final String ADAPTIVE = "ada";
  private static final String COLOR = "color";
  private static final String COLORS = "brightness,saturation,contrast";

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if one is there twice, or there is none to control
   */
  public AugmentationPolicy {
    transformations = List.copyOf(transformations);
    List<String> keys = transformations.stream().map(Transformation::key).toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw new IllegalArgumentException(
          "a transformation is named once at most, found " + String.join(",", keys));
    }
    if (transformations.isEmpty() && !(control instanceof AugmentationControl.Always)) {
      throw new IllegalArgumentException(
          "adaptive augmentation needs a transformation, found none");
    }
  }

  /**
   * Reads a policy from its text.
   *
   * @throws IllegalArgumentException if it is none, with the names that there are
   */
  public static AugmentationPolicy parse(String text) {
    String names = text.strip().toLowerCase(Locale.ROOT);
    if (names.equals("none")) {
      return NONE;
    }
    if (names.equals(ADAPTIVE)) {
      names = ADAPTIVE + ":" + USUAL;
    }
    AugmentationControl control = new AugmentationControl.Always();
    if (names.startsWith(ADAPTIVE + ":")) {
      names = names.substring(ADAPTIVE.length() + 1);
      control = AugmentationControl.Adaptive.PUBLISHED;
    }
    Map<String, Transformation> known = new LinkedHashMap<>();
    Transformation.all().forEach(one -> known.put(one.key(), one));
    List<Transformation> chosen = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      for (String key : (name.equals(COLOR) ? COLORS : name).split(",", -1)) {
        if (!known.containsKey(key)) {
          throw unknown(key, List.copyOf(known.keySet()));
        }
        chosen.add(known.get(key));
      }
    }
    return new AugmentationPolicy(chosen, control);
  }

  private static IllegalArgumentException unknown(String name, List<String> keys) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(List.of(COLOR, ADAPTIVE, "none"));
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "there is no augmentation '%s'; did you mean '%s'? There are %s, several with commas"
                + " between them, %s for %s, %s:NAMES for an adaptive probability, and none",
            name,
            NearestName.to(name, all),
            String.join(", ", keys),
            COLOR,
            COLORS,
            ADAPTIVE));
  }

  /** What helps on little data of any kind: translation and cutout, always. */
  public static AugmentationPolicy usual() {
    return parse(USUAL);
  }

  /** Whether anything is done. */
  public boolean enabled() {
    return !transformations.isEmpty();
  }

  /** Whether the probability changes as training goes on. */
  public boolean adapts() {
    return control instanceof AugmentationControl.Adaptive;
  }

  /** Those that change images of a shape. */
  public List<Transformation> changing(Shape image) {
    return transformations.stream().filter(one -> one.changes(image)).toList();
  }

  /**
   * Checks that examples of a shape can be transformed.
   *
   * @throws IllegalArgumentException if they are no images
   */
  public void requireFit(Shape example) {
    if (enabled() && example.rank() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "only images (height, width, channels) can be augmented, found examples of %s; leave"
                  + " the augmentation out",
              example));
    }
  }

  /** As {@link #parse} reads it, but for numbers other than the published ones. */
  public String text() {
    if (!enabled()) {
      return "none";
    }
    String names =
        transformations.stream().map(Transformation::key).collect(Collectors.joining(","));
    String prefix = control instanceof AugmentationControl.Always ? "" : ADAPTIVE + ":";
    return prefix + names.replace(COLORS, COLOR);
  }
}
