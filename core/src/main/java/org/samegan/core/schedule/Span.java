package org.samegan.core.schedule;

import java.util.Locale;

/**
 * A stretch of training from its start: so many steps, or a share of the run, whose length is known
 * only when a run is made.
 */
public sealed interface Span {
  /** The whole run. */
  Span WHOLE_RUN = new Share(1);

  /**
   * So many generator steps.
   *
   * @param count at least 1
   */
  record Steps(long count) implements Span {
    /** Checks the number. */
    public Steps {
      if (count < 1) {
        throw new IllegalArgumentException(
            "a schedule must stretch over at least 1 step, found " + count);
      }
    }

    @Override
    public Steps of(long run) {
      return this;
    }

    @Override
    public String text() {
      return String.valueOf(count);
    }
  }

  /**
   * A share of the run.
   *
   * @param part greater than 0 and at most 1
   */
  record Share(double part) implements Span {
    /** Checks the range. */
    public Share {
      if (!(part > 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "a schedule must stretch over more than 0 % and at most 100 % of the run, found "
                + 100 * part
                + " %");
      }
    }

    /** Rounded to whole steps, and at least one. */
    @Override
    public Steps of(long run) {
      return new Steps(Math.max(1, Math.round(part * run)));
    }

    @Override
    public String text() {
      return Numbers.text(100 * part) + "%";
    }
  }

  /**
   * As many steps as it is in a run.
   *
   * @param run the run's length in generator steps
   */
  Steps of(long run);

  /** As {@link #parse} reads it. */
  String text();

  /**
   * Reads a number of steps, such as {@code 5000}, or a share of the run, such as {@code 40%}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Span parse(String text) {
    try {
      return text.endsWith("%")
          ? new Share(Double.parseDouble(text.substring(0, text.length() - 1)) / 100)
          : new Steps(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' is neither a number of steps, such as 5000, nor a share of the run, such as 40%%",
              text),
          e);
    }
  }
}
