package org.samegan.core.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.samegan.core.SinglePrecision;

/**
 * A number that is a function of training's progress: of how many generator steps there have been,
 * and of nothing else, so that a resumed run goes on with the same numbers. It can be a learning
 * rate, Adam's beta2, a penalty's weight or the decay of a moving average.
 *
 * <p>A schedule is also a text, which JSON and the command line have:
 *
 * <table>
 *   <caption>Schedules as text</caption>
 *   <tr><td>{@code 2e-4}</td><td>{@link Constant}</td></tr>
 *   <tr><td>{@code linear:2e-4:0}</td><td>{@link Linear}, over the whole run</td></tr>
 *   <tr><td>{@code cosine:2e-4:0:5000}</td><td>{@link Cosine}, over 5,000 steps</td></tr>
 *   <tr><td>{@code cosine:2e-4:0:40%}</td><td>over the first 40 % of the run</td></tr>
 *   <tr><td>{@code step:2e-4:0.1:50%,75%}</td><td>{@link Step}, a tenth after each of the
 *       two</td></tr>
 *   <tr><td>{@code warm-up:500:cosine:2e-4:0}</td><td>{@link WarmUp} over 500 steps, in front of
 *       another</td></tr>
 *   <tr><td>{@code after:20%:linear:0:1:20%}</td><td>{@link After}, another that starts after a fifth
 *       of the run</td></tr>
 * </table>
 */
public sealed interface Schedule {
  /**
   * The value at a step.
   *
   * @param step how many generator steps there have been before it, at least 0
   * @throws IllegalStateException if the schedule stretches over a share of a run, see {@link
   *     #over}
   */
  double at(long step);

  /**
   * The same with shares of the run as numbers of steps.
   *
   * @param run the run's length in generator steps, at least 1
   */
  Schedule over(long run);

  /** The same with every value multiplied by a factor. */
  Schedule times(double factor);

  /** Whether it stretches over shares of a run, and not over numbers of steps. */
  default boolean needsRunLength() {
    return !equals(over(1)) || !equals(over(2));
  }

  /** Values between whose least and greatest all others lie. */
  List<Double> bounds();

  /** Whether every value is at least 0 and no float rounds it away, and not all of them are 0. */
  default boolean isPositive() {
    return bounds().stream().allMatch(value -> value >= 0 && SinglePrecision.keeps(value))
        && bounds().stream().anyMatch(value -> value > 0);
  }

  /** Whether every value is in [0, 1), as a float too. */
  default boolean isFraction() {
    return bounds().stream().allMatch(SinglePrecision::isFraction);
  }

  /** As {@link #parse} reads it. */
  String text();

  /** The same value at every step. */
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /** From one value to another along half a wave of the cosine, over the whole run. */
  static Schedule cosine(double from, double to) {
    return new Cosine(from, to, Span.WHOLE_RUN);
  }

  /** From one value to another along a straight line, over the whole run. */
  static Schedule linear(double from, double to) {
    return new Linear(from, to, Span.WHOLE_RUN);
  }

  /**
   * Reads a schedule from its text.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong and the forms that there are
   */
  static Schedule parse(String text) {
    return ScheduleText.parse(text);
  }

  /**
   * The same value at every step.
   *
   * @param value any
   */
  record Constant(double value) implements Schedule {
    @Override
    public double at(long step) {
      return value;
    }

    @Override
    public Constant times(double factor) {
      return new Constant(factor * value);
    }

    @Override
    public Constant over(long run) {
      return this;
    }

    @Override
    public List<Double> bounds() {
      return List.of(value);
    }

    @Override
    public String text() {
      return Numbers.text(value);
    }
  }

  /**
   * {@code from + (to - from) min(1, t / n)} at step t.
   *
   * @param from at the first step
   * @param to after the span, and from then on
   * @param span n
   */
  record Linear(double from, double to, Span span) implements Schedule {
    @Override
    public double at(long step) {
      return from + (to - from) * part(step, span);
    }

    @Override
    public Linear times(double factor) {
      return new Linear(factor * from, factor * to, span);
    }

    @Override
    public Linear over(long run) {
      return new Linear(from, to, span.of(run));
    }

    @Override
    public List<Double> bounds() {
      return List.of(from, to);
    }

    @Override
    public String text() {
      return ScheduleText.between("linear", from, to, span);
    }
  }

  /**
   * {@code to + (from - to) (1 + cos(pi min(1, t / n))) / 2} at step t (Loshchilov and Hutter 2017,
   * arXiv:1608.03983, eq. 5, without restarts).
   *
   * @param from at the first step
   * @param to after the span, and from then on
   * @param span n
   */
  record Cosine(double from, double to, Span span) implements Schedule {
    @Override
    public double at(long step) {
      // StrictMath: the same bits on every machine.
      return to + (from - to) * (1 + StrictMath.cos(Math.PI * part(step, span))) / 2;
    }

    @Override
    public Cosine times(double factor) {
      return new Cosine(factor * from, factor * to, span);
    }

    @Override
    public Cosine over(long run) {
      return new Cosine(from, to, span.of(run));
    }

    @Override
    public List<Double> bounds() {
      return List.of(from, to);
    }

    @Override
    public String text() {
      return ScheduleText.between("cosine", from, to, span);
    }
  }

  /**
   * A value that is multiplied by a factor now and then: {@code from factor^k} at step t, with k of
   * the spans no longer than t.
   *
   * @param from at the first step
   * @param factor at least 0
   * @param spans after which it is multiplied, at least one
   */
  record Step(double from, double factor, List<Span> spans) implements Schedule {
    /** Keeps a copy of the spans. */
    public Step {
      spans = List.copyOf(spans);
      if (spans.isEmpty() || !(factor >= 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a step schedule needs a factor of at least 0 and a place where it is used, found"
                    + " %s and %s",
                factor,
                spans));
      }
    }

    @Override
    public double at(long step) {
      double value = from;
      for (Span span : spans) {
        if (step >= length(span)) {
          value *= factor;
        }
      }
      return value;
    }

    @Override
    public Step times(double by) {
      return new Step(by * from, factor, spans);
    }

    @Override
    public Step over(long run) {
      return new Step(from, factor, spans.stream().<Span>map(span -> span.of(run)).toList());
    }

    @Override
    public List<Double> bounds() {
      return Stream.iterate(from, value -> value * factor).limit(spans.size() + 1).toList();
    }

    @Override
    public String text() {
      return ScheduleText.step(this);
    }
  }

  /**
   * Another schedule that is approached from 0: its value times {@code min(1, (t + 1) / n)} at step
   * t (Goyal et al. 2017, arXiv:1706.02677, section 2.2). The other one has run on meanwhile.
   *
   * @param span n
   * @param then the other
   */
  record WarmUp(Span span, Schedule then) implements Schedule {
    @Override
    public double at(long step) {
      return then.at(step) * part(step + 1, span);
    }

    @Override
    public WarmUp times(double factor) {
      return new WarmUp(span, then.times(factor));
    }

    @Override
    public WarmUp over(long run) {
      return new WarmUp(span.of(run), then.over(run));
    }

    @Override
    public List<Double> bounds() {
      return Stream.concat(Stream.of(0.0), then.bounds().stream()).toList();
    }

    @Override
    public String text() {
      return "warm-up:" + span.text() + ":" + then.text();
    }
  }

  /**
   * Another schedule that starts late: its first value until then, and from then on what it has
   * after so many steps less.
   *
   * @param span how late
   * @param then the other
   */
  record After(Span span, Schedule then) implements Schedule {
    @Override
    public double at(long step) {
      return then.at(Math.max(0, step - length(span)));
    }

    @Override
    public After times(double factor) {
      return new After(span, then.times(factor));
    }

    @Override
    public After over(long run) {
      return new After(span.of(run), then.over(run));
    }

    @Override
    public List<Double> bounds() {
      return then.bounds();
    }

    @Override
    public String text() {
      return "after:" + span.text() + ":" + then.text();
    }
  }

  private static double part(long step, Span span) {
    return Math.min(1, (double) step / length(span));
  }

  private static long length(Span span) {
    if (span instanceof Span.Steps steps) {
      return steps.count();
    }
    throw new IllegalStateException(
        String.format(
            Locale.ROOT,
            "a schedule stretches over %s of a run whose length is not known; say it with"
                + " over(steps)",
            span.text()));
  }
}
