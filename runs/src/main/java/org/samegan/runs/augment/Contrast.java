package org.samegan.runs.augment;

import java.util.List;
import java.util.Set;

/**
 * Two arms that are compared.
 *
 * @param first which is hoped to be better
 * @param second which differs in one thing
 * @param question what their difference answers
 * @param decisive whether the verdict is made of it
 */
record Contrast(Arm first, Arm second, String question, boolean decisive) {
  /** What is compared, the most important first. */
  static final List<Contrast> ALL =
      List.of(
          new Contrast(
              Arm.REAL_CLASSICAL_SYNTHETIC,
              Arm.REAL_CLASSICAL,
              "do synthetic images help beside classical augmentation?",
              true),
          new Contrast(
              Arm.REAL_SYNTHETIC,
              Arm.REAL_LONGER,
              "do they help where nothing else is done?",
              true),
          new Contrast(Arm.SYNTHETIC, Arm.REAL, "can they take the place of real images?", false));

  /** Whether both arms are among some. */
  boolean isAmong(Set<Arm> arms) {
    return arms.contains(first) && arms.contains(second);
  }
}
