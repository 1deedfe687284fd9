package org.samegan.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.samegan.core.training.StepReport;

/** A bar that is redrawn in place, with the numbers beside it. */
final class BarDisplay implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final ProgressBar bar;
  private final Pace pace;

  BarDisplay(Terminal terminal, Schedule schedule, long step) {
    pace = new Pace(schedule, step);
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(schedule.lastStep())
            .startsFrom(step, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) INTERVAL.toMillis())
            .setEtaFunction(
                state ->
                    state.getCurrent() == step
                        ? Optional.empty()
                        : Optional.of(pace.remaining(state.getCurrent())))
            .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
            .build();
  }

  @Override
  public void stepped(StepReport report) {
    pace.add(report);
    bar.stepTo(report.step());
    if (pace.sinceShown().compareTo(INTERVAL) >= 0) {
      bar.setExtraMessage(pace.show());
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
