package org.samegan.core;

/**
 * What becomes of a number where networks are computed, in floats of 32 bits. A value that rounds
 * to another kind of value there, such as a decay to 1 or a rate to 0, means something else than
 * what was asked for.
 */
public final class SinglePrecision {
  private SinglePrecision() {}

  /** Whether it is a number, and not too great for a float. */
  public static boolean isFinite(double value) {
    return Float.isFinite((float) value);
  }

  /** Whether it is finite, and 0 only if it was 0. */
  public static boolean keeps(double value) {
    return isFinite(value) && (value == 0 || (float) value != 0);
  }

  /** Whether it is finite and above 0. */
  public static boolean isPositive(double value) {
    return isFinite(value) && (float) value > 0;
  }

  /** Whether it is at least 0 and below 1. */
  public static boolean isFraction(double value) {
    return value >= 0 && (float) value < 1;
  }
}
