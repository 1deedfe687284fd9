package org.samegan.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.samegan.core.training.StepReport;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;

/** A bar that is redrawn in place, with the numbers beside it. */
final class BarDisplay implements RunListener {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Terminal terminal;
  private ProgressBar bar;
  private ProgressMeter meter;

  BarDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begun(TrainingRun run) {
    long step = run.step();
    meter = new ProgressMeter(run);
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(run.timetable().lastStep())
            .startsFrom(step, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) INTERVAL.toMillis())
            .setEtaFunction(
                state ->
                    state.getCurrent() == step
                        ? Optional.empty()
                        : Optional.of(meter.remaining(state.getCurrent())))
            .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
            .build();
  }

  @Override
  public void stepped(StepReport report, TrainingRun run) {
    meter.add(report);
    bar.stepTo(report.step());
    if (meter.sinceShown().compareTo(INTERVAL) >= 0) {
      bar.setExtraMessage(meter.show());
    }
  }

  @Override
  public void ended(TrainingRun run) {
    bar.close();
  }
}
