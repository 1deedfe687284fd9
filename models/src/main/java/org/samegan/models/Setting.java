package org.samegan.models;

import java.util.List;
import java.util.Locale;

/**
 * A hyperparameter that a variant can be asked to change: its key, its type and range, and its
 * default.
 *
 * @param <T> the type of its values
 */
public sealed interface Setting<T> {
  /** The key, such as {@code generator.learning-rate}. */
  String key();

  /** The value where none is given. */
  T defaultValue();

  /** What it is, in a few words, with its unit. */
  String description();

  /** What values are allowed, in words. */
  String range();

  /**
   * The value that a text or a JSON value says.
   *
   * @throws IllegalArgumentException if it is of the wrong type or out of range, naming key and
   *     range
   */
  T parse(Object given);

  /** The error for a value that is not allowed. */
  default IllegalArgumentException refuse(Object given) {
    return new IllegalArgumentException(
        String.format("%s must be %s, found '%s'", key(), range(), given));
  }

  /**
   * A whole number.
   *
   * @param key the key
   * @param defaultValue the default
   * @param low the least value
   * @param high the greatest value
   * @param description what it is
   */
  record Whole(String key, Integer defaultValue, int low, int high, String description)
      implements Setting<Integer> {
    @Override
    public String range() {
      return high == Integer.MAX_VALUE
          ? "a whole number of at least " + low
          : "a whole number from " + low + " to " + high;
    }

    @Override
    public Integer parse(Object given) {
      try {
        int value = Integer.parseInt(given.toString());
        if (value >= low && value <= high) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw (IllegalArgumentException) refuse(given).initCause(e);
      }
      throw refuse(given);
    }
  }

  /**
   * A real number between two bounds.
   *
   * @param key the key
   * @param defaultValue the default
   * @param low the bound below
   * @param lowIncluded whether {@code low} itself is allowed
   * @param high the bound above, not allowed itself
   * @param description what it is
   */
  record Real(
      String key,
      Double defaultValue,
      double low,
      boolean lowIncluded,
      double high,
      String description)
      implements Setting<Double> {
    /** A number greater than 0. */
    static Real positive(String key, double defaultValue, String description) {
      return new Real(key, defaultValue, 0, false, Double.POSITIVE_INFINITY, description);
    }

    /** A number in [0, 1). */
    static Real fraction(String key, double defaultValue, String description) {
      return new Real(key, defaultValue, 0, true, 1, description);
    }

    @Override
    public String range() {
      String below = (lowIncluded ? "at least " : "greater than ") + number(low);
      return "a number " + below + (Double.isInfinite(high) ? "" : " and below " + number(high));
    }

    private static String number(double value) {
      return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    @Override
    public Double parse(Object given) {
      try {
        double value = Double.parseDouble(given.toString());
        if ((lowIncluded ? value >= low : value > low) && value < high) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw (IllegalArgumentException) refuse(given).initCause(e);
      }
      throw refuse(given);
    }
  }

  /**
   * One of a few words.
   *
   * @param key the key
   * @param defaultValue the default
   * @param options the words
   * @param description what it is
   */
  record Choice(String key, String defaultValue, List<String> options, String description)
      implements Setting<String> {
    @Override
    public String range() {
      return "one of " + String.join(", ", options);
    }

    @Override
    public String parse(Object given) {
      String value = given.toString().toLowerCase(Locale.ROOT);
      if (!options.contains(value)) {
        throw refuse(given);
      }
      return value;
    }
  }
}
