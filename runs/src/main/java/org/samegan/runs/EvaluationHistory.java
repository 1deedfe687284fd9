package org.samegan.runs;

import java.util.OptionalLong;
import org.samegan.core.training.StepReport;
import org.samegan.evaluation.comparison.Metric;

/** Which of all evaluations so far was the best by one metric. A function of the steps' reports. */
final class EvaluationHistory {
  private final Metric metric;
  private double best;
  private long bestStep;
  private int evaluations;
  private int ofBest;

  /**
   * Without evaluations.
   *
   * @param metric what decides
   */
  EvaluationHistory(Metric metric) {
    this.metric = metric;
  }

  /** Takes a step over; nothing changes if it was not evaluated. */
  void add(StepReport report) {
    Number value = report.numbers().get(metric.key());
    if (value == null) {
      return;
    }
    evaluations++;
    if (bestStep == 0 || metric.isBetter(value.doubleValue(), best)) {
      best = value.doubleValue();
      bestStep = report.step();
      ofBest = evaluations;
    }
  }

  /** What decides. */
  Metric metric() {
    return metric;
  }

  /** The step of the best evaluation; empty if there was none. */
  OptionalLong bestStep() {
    return bestStep == 0 ? OptionalLong.empty() : OptionalLong.of(bestStep);
  }

  /** The best value. */
  double best() {
    return best;
  }

  /** How many evaluations there were since the best, 0 if it was the last. */
  int sinceBest() {
    return evaluations - ofBest;
  }
}
