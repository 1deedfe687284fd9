package org.samegan.cli;

import java.time.Duration;
import org.samegan.core.training.StepReport;
import org.samegan.runs.RunListener;
import org.samegan.runs.Timetable;
import org.samegan.runs.TrainingRun;

/** A line about every five seconds and at the end of each epoch, for logs. */
final class LineDisplay implements RunListener {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Terminal terminal;
  private ProgressMeter meter;

  LineDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begun(TrainingRun run) {
    meter = new ProgressMeter(run);
  }

  @Override
  public void stepped(StepReport report, TrainingRun run) {
    meter.add(report);
    long step = report.step();
    Timetable timetable = run.timetable();
    if (timetable.endsEpoch(step)
        || step == timetable.lastStep()
        || meter.sinceShown().compareTo(INTERVAL) >= 0) {
      Duration remaining = meter.remaining(step);
      terminal.say(
          "step %d of %d, epoch %d: %s, %s left",
          step,
          timetable.lastStep(),
          report.epoch(),
          meter.show(),
          ProgressMeter.inWords(remaining));
    }
  }
}
