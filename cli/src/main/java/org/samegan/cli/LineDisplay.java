package org.samegan.cli;

import java.time.Duration;
import org.samegan.core.training.StepReport;

/** A line about every five seconds and at the end of each epoch, for logs. */
final class LineDisplay implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Schedule schedule;
  private final Pace pace;

  LineDisplay(Terminal terminal, Schedule schedule, long step) {
    this.terminal = terminal;
    this.schedule = schedule;
    pace = new Pace(schedule, step);
  }

  @Override
  public void stepped(StepReport report) {
    pace.add(report);
    long step = report.step();
    if (schedule.endsEpoch(step)
        || step == schedule.lastStep()
        || pace.sinceShown().compareTo(INTERVAL) >= 0) {
      Duration remaining = pace.remaining(step);
      terminal.say(
          "step %d of %d, epoch %d: %s, %s left",
          step, schedule.lastStep(), report.epoch(), pace.show(), Pace.inWords(remaining));
    }
  }

  @Override
  public void close() {}
}
