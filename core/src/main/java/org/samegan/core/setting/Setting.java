package org.samegan.core.setting;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.samegan.core.schedule.Schedule;

/**
 * Something that can be chosen: its key, its type and range, its default, and what it means.
 *
 * @param <T> the type of its values
 */
public sealed interface Setting<T> {
  /** The key, such as {@code generator.learning-rate}. */
  String key();

  /** The value where none is given; null where nothing is said then. */
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

  /** A value as JSON has it: a number, a text or a boolean. */
  default Object toJson(T value) {
    return value;
  }

  /**
   * Whether a value from JSON is of the right type, apart from its range. (A text from a command
   * line is read whatever the type.)
   */
  boolean isOfType(Object json);

  /** The error for a value that is not allowed. */
  default IllegalArgumentException refuse(Object given) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be %s, found '%s'", key(), range(), given));
  }

  /**
   * A whole number.
   *
   * @param low the least value
   * @param high the greatest value
   */
  record Whole(String key, Long defaultValue, long low, long high, String description)
      implements Setting<Long> {
    /** With a default. */
    public Whole(String key, long defaultValue, long low, long high, String description) {
      this(key, Long.valueOf(defaultValue), low, high, description);
    }

    @Override
    public String range() {
      if (low == Long.MIN_VALUE) {
        return "a whole number of at most 64 bits";
      }
      return high >= Integer.MAX_VALUE
          ? "a whole number of at least " + low
          : "a whole number from " + low + " to " + high;
    }

    @Override
    public Long parse(Object given) {
      try {
        long value = Long.parseLong(given.toString());
        if (value >= low && value <= high) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw (IllegalArgumentException) refuse(given).initCause(e);
      }
      throw refuse(given);
    }

    @Override
    public boolean isOfType(Object json) {
      return json instanceof Number && !(json instanceof Double) && !(json instanceof Float);
    }
  }

  /**
   * One of a few whole numbers.
   *
   * @param options the numbers
   */
  record WholeChoice(String key, Long defaultValue, List<Long> options, String description)
      implements Setting<Long> {
    @Override
    public String range() {
      return options.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    @Override
    public Long parse(Object given) {
      return options.stream()
          .filter(option -> option.toString().equals(given.toString()))
          .findFirst()
          .orElseThrow(() -> refuse(given));
    }

    @Override
    public boolean isOfType(Object json) {
      return json instanceof Number;
    }
  }

  /**
   * A real number between two bounds.
   *
   * @param low the bound below
   * @param lowIncluded whether {@code low} itself is allowed
   * @param high the bound above, not allowed itself
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
    public static Real positive(String key, double defaultValue, String description) {
      return new Real(key, defaultValue, 0, false, Double.POSITIVE_INFINITY, description);
    }

    /** A number in [0, 1). */
    public static Real fraction(String key, double defaultValue, String description) {
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

    @Override
    public boolean isOfType(Object json) {
      return json instanceof Number;
    }
  }

  /**
   * A number that may change as training goes on.
   *
   * @param fraction whether all values must be in [0, 1); otherwise none may be below 0, and not
   *     all of them 0
   */
  record Scheduled(String key, Schedule defaultValue, boolean fraction, String description)
      implements Setting<Schedule> {
    /** A number greater than 0. */
    public static Scheduled positive(String key, double defaultValue, String description) {
      return new Scheduled(key, Schedule.constant(defaultValue), false, description);
    }

    /** A number in [0, 1). */
    public static Scheduled fraction(String key, Double defaultValue, String description) {
      Schedule otherwise = defaultValue == null ? null : Schedule.constant(defaultValue);
      return new Scheduled(key, otherwise, true, description);
    }

    @Override
    public String range() {
      return (fraction ? "a number at least 0 and below 1" : "a number greater than 0")
          + ", or a schedule such as cosine:FROM:TO";
    }

    @Override
    public Schedule parse(Object given) {
      Schedule schedule;
      try {
        schedule = given instanceof Schedule known ? known : Schedule.parse(given.toString());
      } catch (IllegalArgumentException e) {
        String text = given.toString();
        throw text.indexOf(':') < 0
            ? (IllegalArgumentException) refuse(given).initCause(e)
            : new IllegalArgumentException(key + " must be " + range() + "; " + e.getMessage(), e);
      }
      if (fraction ? !schedule.isFraction() : !schedule.isPositive()) {
        throw refuse(given);
      }
      return schedule;
    }

    /** A number that doesn't change is a number. */
    @Override
    public Object toJson(Schedule value) {
      return value instanceof Schedule.Constant constant ? (Object) constant.value() : value.text();
    }

    @Override
    public boolean isOfType(Object json) {
      return json instanceof Number || json instanceof String;
    }
  }

  /**
   * One of a few words.
   *
   * @param options the words
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

    @Override
    public boolean isOfType(Object json) {
      return json instanceof String;
    }
  }

  /** Any text. */
  record Text(String key, String defaultValue, String description) implements Setting<String> {
    @Override
    public String range() {
      return "a text";
    }

    @Override
    public String parse(Object given) {
      return given.toString();
    }

    @Override
    public boolean isOfType(Object json) {
      return json instanceof String;
    }
  }

  /** Yes or no. */
  record Flag(String key, Boolean defaultValue, String description) implements Setting<Boolean> {
    @Override
    public String range() {
      return "true or false";
    }

    @Override
    public Boolean parse(Object given) {
      return switch (given.toString()) {
        case "true" -> true;
        case "false" -> false;
        default -> throw refuse(given);
      };
    }

    @Override
    public boolean isOfType(Object json) {
      return json instanceof Boolean;
    }
  }
}
