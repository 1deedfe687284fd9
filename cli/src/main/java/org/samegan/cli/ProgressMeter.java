package org.samegan.cli;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Locale;
import org.samegan.core.training.StepReport;
import org.samegan.runs.Timetable;
import org.samegan.runs.TrainingRun;

/** Speed, and means of the steps' numbers since they were last shown. */
final class ProgressMeter {
  private final TrainingRun run;
  private final Timetable timetable;
  private final long firstBatches;
  private final long started;
  private long shownAt;
  private long shownBatches;
  private long batches;
  private int steps;
  private double discriminatorLoss;
  private double generatorLoss;
  private double realScore;
  private double fakeScore;

  /** Starts the clock where a run stands. */
  ProgressMeter(TrainingRun run) {
    this.run = run;
    timetable = run.timetable();
    firstBatches = timetable.batchesAfter(run.step());
    shownBatches = firstBatches;
    started = System.nanoTime();
    shownAt = started;
  }

  void add(StepReport report) {
    steps++;
    batches = timetable.batchesAfter(report.step());
    discriminatorLoss += report.get(StepReport.DISCRIMINATOR_LOSS);
    generatorLoss += report.get(StepReport.GENERATOR_LOSS);
    realScore += report.get(StepReport.REAL_SCORE);
    fakeScore += report.get(StepReport.FAKE_SCORE);
  }

  /** The time since the numbers were last shown. */
  Duration sinceShown() {
    return Duration.ofNanos(System.nanoTime() - shownAt);
  }

  /** The numbers as text; new means start after it. At least one step must have been added. */
  String show() {
    double seconds = sinceShown().toNanos() / 1e9;
    double examples = (double) (batches - shownBatches) * run.batch();
    String text =
        String.format(
            Locale.ROOT,
            "%,.0f %s/s, D loss %.4f, G loss %.4f, D(x) %.3f, D(G(z)) %.3f%s",
            examples / seconds,
            run.data().kind().plural(),
            discriminatorLoss / steps,
            generatorLoss / steps,
            realScore / steps,
            fakeScore / steps,
            run.alarms().stream().map(alarm -> ", ALARM " + alarm.key()).collect(joining()));
    shownAt = System.nanoTime();
    shownBatches = batches;
    steps = 0;
    discriminatorLoss = 0;
    generatorLoss = 0;
    realScore = 0;
    fakeScore = 0;
    return text;
  }

  /**
   * The time that the rest should take, by the mean speed so far. It is counted in batches: a step
   * may take many of them.
   */
  Duration remaining(long step) {
    long done = timetable.batchesAfter(step);
    double perBatch = (System.nanoTime() - started) / (double) (done - firstBatches);
    long left = timetable.batchesAfter(timetable.lastStep()) - done;
    return Duration.ofNanos((long) (perBatch * left));
  }

  /** A duration as people say it, such as {@code 2 h 05 min}. */
  static String inWords(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1e3);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
