package org.samegan.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.samegan.core.training.StepReport;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.runs.Alarm;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;

/** Says what evaluations have found: numbers, a new best, and what goes wrong. */
final class AlarmDisplay implements RunListener {
  private final Terminal terminal;

  AlarmDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void stepped(StepReport report, TrainingRun run) {
    String numbers =
        Arrays.stream(Metric.values())
            .filter(metric -> report.numbers().containsKey(metric.key()))
            .map(
                metric ->
                    String.format(Locale.ROOT, "%s %.4g", metric.title(), report.get(metric.key())))
            .collect(Collectors.joining(", "));
    if (!numbers.isEmpty()) {
      terminal.say("evaluated after step %d: %s", report.step(), numbers);
    }
  }

  @Override
  public void keptBest(Path checkpoint, TrainingRun run) {
    terminal.say("the best so far, kept as %s", checkpoint);
  }

  @Override
  public void alarmed(Alarm alarm, TrainingRun run) {
    terminal.say("alarm after step %d: %s; usually %s", run.step(), alarm.seen(), alarm.cause());
    alarm.remedies().forEach(remedy -> terminal.say("  try: %s", remedy));
  }
}
