package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.training.StepReport;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.io.run.MetricsLog;
import org.samegan.io.run.Run;

/**
 * What evaluations of a run in training have found.
 *
 * @param step the last that was evaluated
 * @param metrics its numbers, by their keys
 * @param best the name of the checkpoint that was kept as the best; null if none was
 * @param alarms all that were raised, the first one first
 */
public record EvaluationInspection(
    long step, Map<String, Number> metrics, String best, List<Raised> alarms) {
  /**
   * An alarm.
   *
   * @param step after which it was raised
   * @param alarm its key
   */
  public record Raised(long step, String alarm) {}

  /** By a run's log; null if nothing was evaluated. */
  static EvaluationInspection of(Run run) throws IOException {
    List<StepReport> evaluated = new ArrayList<>();
    List<Raised> alarms = new ArrayList<>();
    MetricsLog.read(
        run.metrics(),
        Long.MAX_VALUE,
        report -> {
          if (report.numbers().containsKey(Metric.COVERAGE.key())) {
            evaluated.add(report);
          }
          for (Alarm alarm : Alarm.values()) {
            if (report.numbers().containsKey(alarm.number())) {
              alarms.add(new Raised(report.step(), alarm.key()));
            }
          }
        });
    if (evaluated.isEmpty()) {
      return null;
    }
    StepReport last = evaluated.get(evaluated.size() - 1);
    Map<String, Number> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Number number = last.numbers().get(metric.key());
      if (number != null) {
        metrics.put(metric.key(), number);
      }
    }
    return new EvaluationInspection(
        last.step(),
        metrics,
        run.best().path().map(Path::getFileName).map(Path::toString).orElse(null),
        alarms);
  }
}
