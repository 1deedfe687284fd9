package org.samegan.runs;

import java.util.Locale;
import org.samegan.core.gan.LittleData;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;

/** The texts of the option transition. */
final class LabelTransition {
  private LabelTransition() {}

  /**
   * How much of the labels counts as training goes on.
   *
   * @param text {@code none}, or two shares of the run such as {@code 0.2:0.4}
   * @throws IllegalArgumentException if it is neither
   */
  static Schedule parse(String text) {
    if (text.equalsIgnoreCase("none")) {
      return LittleData.NO_TRANSITION;
    }
    String[] shares = text.split(":", -1);
    try {
      if (shares.length == 2) {
        double from = Double.parseDouble(shares[0]);
        double to = Double.parseDouble(shares[1]);
        if (from >= 0 && from < to && to <= 1) {
          Schedule rise = new Schedule.Linear(0, 1, new Span.Share(to - from));
          return from == 0 ? rise : new Schedule.After(new Span.Share(from), rise);
        }
      }
    } catch (NumberFormatException e) {
      throw (IllegalArgumentException) refuse(text).initCause(e);
    }
    throw refuse(text);
  }

  private static IllegalArgumentException refuse(String text) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "the option transition must be two shares of the run, the first at least 0 and below"
                + " the second, the second at most 1, such as 0.2:0.4, or none; found '%s'",
            text));
  }
}
