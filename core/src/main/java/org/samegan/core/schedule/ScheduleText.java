package org.samegan.core.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The texts of schedules. */
final class ScheduleText {
  private static final String FORMS =
      "a schedule is a number, linear:FROM:TO[:OVER], cosine:FROM:TO[:OVER],"
          + " step:FROM:FACTOR:AT,AT,..., warm-up:OVER:SCHEDULE or after:AT:SCHEDULE, where OVER and"
          + " AT are steps, such as 5000, or a share of the run, such as 40%";

  private ScheduleText() {}

  static String between(String form, double from, double to, Span span) {
    String over = span.equals(Span.WHOLE_RUN) ? "" : ":" + span.text();
    return form + ":" + Numbers.text(from) + ":" + Numbers.text(to) + over;
  }

  static String step(Schedule.Step step) {
    return step.spans().stream()
        .map(Span::text)
        .collect(
            Collectors.joining(
                ",",
                "step:" + Numbers.text(step.from()) + ":" + Numbers.text(step.factor()) + ":",
                ""));
  }

  static Schedule parse(String text) {
    try {
      return parse(List.of(text.split(":", -1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s': %s; %s", text, e.getMessage(), FORMS), e);
    }
  }

  private static Schedule parse(List<String> text) {
    if (text.size() == 1) {
      return new Schedule.Constant(Numbers.parse(text.get(0)));
    }
    String form = text.get(0);
    List<String> words = text.subList(1, text.size());
    switch (form) {
      case "linear", "cosine" -> {
        requireWords(form, words, 2, 3);
        double from = Numbers.parse(words.get(0));
        double to = Numbers.parse(words.get(1));
        Span span = words.size() == 3 ? Span.parse(words.get(2)) : Span.WHOLE_RUN;
        return form.equals("linear")
            ? new Schedule.Linear(from, to, span)
            : new Schedule.Cosine(from, to, span);
      }
      case "step" -> {
        requireWords(form, words, 3, 3);
        List<Span> spans = Arrays.stream(words.get(2).split(",", -1)).map(Span::parse).toList();
        return new Schedule.Step(Numbers.parse(words.get(0)), Numbers.parse(words.get(1)), spans);
      }
      case "warm-up" -> {
        requireWords(form, words, 2, Integer.MAX_VALUE);
        List<String> then = words.subList(1, words.size());
        return new Schedule.WarmUp(Span.parse(words.get(0)), parse(then));
      }
      case "after" -> {
        requireWords(form, words, 2, Integer.MAX_VALUE);
        List<String> then = words.subList(1, words.size());
        return new Schedule.After(Span.parse(words.get(0)), parse(then));
      }
      default -> throw new IllegalArgumentException("there is no schedule '" + form + "'");
    }
  }

  private static void requireWords(String form, List<String> words, int least, int most) {
    if (words.size() < least || words.size() > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s takes other parts, found %d", form, words.size()));
    }
  }
}
