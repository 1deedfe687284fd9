package org.samegan.core.schedule;

/** Numbers as schedules write them. */
final class Numbers {
  private static final double EXACT = 1L << 53;

  private Numbers() {}

  /** The shortest text that {@link Double#parseDouble} reads as the same number. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  static double parse(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw (IllegalArgumentException) notANumber(text).initCause(e);
    }
    throw notANumber(text);
  }

  private static IllegalArgumentException notANumber(String text) {
    return new IllegalArgumentException("'" + text + "' is no number");
  }
}
