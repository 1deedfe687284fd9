package org.samegan.runs.augment;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** How far an experiment is, and how long it will take: each kind of step has its own pace. */
final class Pace {
  /** What a step moves. */
  enum Work {
    /** A generator's, which takes much longer. */
    GENERATOR(8),
    /** A classifier's. */
    CLASSIFIER(1);

    private final double guess;

    /** A guess of its time, in classifiers' steps, for as long as none has been measured. */
    Work(double guess) {
      this.guess = guess;
    }
  }

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final AugmentListener listener;
  private final BooleanSupplier stop;
  private final Map<Work, Long> planned = new EnumMap<>(Work.class);
  private final Map<Work, Long> done = new EnumMap<>(Work.class);
  private final Map<Work, Long> measured = new EnumMap<>(Work.class);
  private final Map<Work, Double> seconds = new EnumMap<>(Work.class);
  private String part = "";
  private Work work = Work.CLASSIFIER;
  private long step;
  private long steps;
  private long toldAt;
  private long steppedAt;

  /**
   * Starts the clock.
   *
   * @param stop asked at every step
   */
  Pace(AugmentListener listener, BooleanSupplier stop) {
    this.listener = listener;
    this.stop = stop;
    toldAt = System.nanoTime();
  }

  /** So many steps are still to be done. */
  void plan(Work kind, long count) {
    planned.merge(kind, count, Long::sum);
  }

  /** So many that were planned are done already. */
  void skip(Work kind, long count) {
    done.merge(kind, count, Long::sum);
  }

  /** A part begins. */
  void begin(String name, Work kind, long count) {
    requireGoing();
    part = name;
    work = kind;
    step = 0;
    steps = count;
    steppedAt = System.nanoTime();
  }

  /** The part goes on where it was. */
  void resume(long from) {
    step = from;
    done.merge(work, from, Long::sum);
    steppedAt = System.nanoTime();
  }

  /**
   * A step is done.
   *
   * @throws Stopped if the experiment is to stop
   */
  void step() {
    count();
    requireGoing();
  }

  /** A step is done of a part that asks itself whether to stop. */
  void count() {
    long now = System.nanoTime();
    step++;
    done.merge(work, 1L, Long::sum);
    measured.merge(work, 1L, Long::sum);
    seconds.merge(work, (now - steppedAt) / 1e9, Double::sum);
    steppedAt = now;
    if (step == steps || now - toldAt >= INTERVAL.toNanos()) {
      toldAt = now;
      tell();
    }
  }

  /** Says something between two parts. */
  void notice(String text) {
    listener.noticed(text);
  }

  /** Whether somebody asked to stop. */
  boolean isStopped() {
    return stop.getAsBoolean();
  }

  private void requireGoing() {
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
  }

  private void tell() {
    double past = 0;
    double left = 0;
    for (Work kind : Work.values()) {
      double each = secondsOf(kind);
      past += each * done.getOrDefault(kind, 0L);
      left += each * Math.max(0, planned.getOrDefault(kind, 0L) - done.getOrDefault(kind, 0L));
    }
    listener.progressed(
        new AugmentListener.Progress(
            part, step, steps, past / (past + left), Duration.ofMillis((long) (1000 * left))));
  }

  /** What a step takes, as far as it is known. */
  private double secondsOf(Work kind) {
    if (measured.containsKey(kind)) {
      return seconds.get(kind) / measured.get(kind);
    }
    Work other = kind == Work.GENERATOR ? Work.CLASSIFIER : Work.GENERATOR;
    return measured.containsKey(other)
        ? seconds.get(other) / measured.get(other) * kind.guess / other.guess
        : kind.guess;
  }
}
