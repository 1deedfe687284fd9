package org.samegan.runs.augment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a classifier of the experiment is trained on. All are tested by the same real images. */
public enum Arm {
  /** Real images, half as many steps as the others. */
  REAL("R", "real images", true, false, false),
  /** Real images, as many steps as all that follow: training longer is no merit of images. */
  REAL_LONGER("R'", "real images, twice the steps", true, false, false),
  /** Real images, each time turned, moved, scaled and sheared a little. */
  REAL_CLASSICAL("R+A", "real images, classically augmented", true, true, false),
  /** Real and synthetic images. */
  REAL_SYNTHETIC("R+G", "real and synthetic images", true, false, true),
  /** Real and synthetic images, all classically augmented. */
  REAL_CLASSICAL_SYNTHETIC(
      "R+A+G", "real and synthetic images, classically augmented", true, true, true),
  /** Synthetic images alone. */
  SYNTHETIC("G", "synthetic images alone", false, false, true);

  private final String id;
  private final String description;
  private final boolean real;
  private final boolean augmented;
  private final boolean synthetic;

  Arm(String id, String description, boolean real, boolean augmented, boolean synthetic) {
    this.id = id;
    this.description = description;
    this.real = real;
    this.augmented = augmented;
    this.synthetic = synthetic;
  }

  /** What it is called on the command line and in files, such as {@code R+A}. */
  @JsonValue
  public String id() {
    return id;
  }

  /** What it is, in words. */
  public String description() {
    return description;
  }

  /** Whether it is trained on real images. */
  boolean takesReal() {
    return real;
  }

  /** Whether its images are augmented classically. */
  boolean isAugmented() {
    return augmented;
  }

  /** Whether it is trained on synthetic images. */
  boolean takesSynthetic() {
    return synthetic;
  }

  /** What its results are called. */
  String fileName() {
    return "arm-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
  }

  /**
   * The arm of a name.
   *
   * @throws IllegalArgumentException if there is none, with those there are
   */
  public static Arm named(String id) {
    return Arrays.stream(values())
        .filter(arm -> arm.id.equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "the option arms: there is no arm '%s'; the arms are %s",
                        id,
                        Arrays.stream(values()).map(Arm::id).collect(Collectors.joining(", ")))));
  }
}
