package org.samegan.cli;

/** Checks numbers from the command line as those from a configuration file are. */
final class OptionRange {
  private OptionRange() {}

  /**
   * Makes sure that a number is not too small.
   *
   * @param given the number; null if the option was not given
   */
  static void atLeast(String option, long low, Number given) {
    if (given != null && given.longValue() < low) {
      throw new IllegalArgumentException(
          String.format("%s must be a whole number of at least %d, found %s", option, low, given));
    }
  }

  /**
   * Makes sure that a number is in [0, 1).
   *
   * @param given the number; null if the option was not given
   */
  static void fraction(String option, Double given) {
    if (given != null && !(given >= 0 && given < 1)) {
      throw new IllegalArgumentException(
          String.format("%s must be a number in [0, 1), found %s", option, given));
    }
  }
}
