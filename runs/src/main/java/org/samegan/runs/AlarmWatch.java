package org.samegan.runs;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.samegan.core.training.StepReport;
import org.samegan.evaluation.comparison.Metric;

/**
 * Watches the numbers of steps and evaluations for what goes wrong. A function of the steps'
 * reports, so that a resumed run raises the alarms of the run that never stopped. Alarms are raised
 * at evaluations only, and each once until what it is about has gone.
 */
final class AlarmWatch {
  /** The number under which an evaluation says how much the discriminator knows by heart. */
  static final String OVERFITTING = "overfitting";

  /** A share of near-duplicates that no variety of real images comes near. */
  private static final double DUPLICATES = 0.2;

  /** What is left of the best coverage when it is lost, and below which there was none to lose. */
  private static final double COVERAGE_LEFT = 0.5;

  private static final double COVERAGE_WORTH = 0.05;
  private static final int FALLS = 3;

  private static final double CERTAIN = 0.99;
  private static final double VALIDATION_GAP = 0.5;
  private static final double PENALTY_GROWTH = 10;
  private static final double PENALTY_WORTH = 10;

  private final boolean probabilities;
  private final Set<Alarm> present = EnumSet.noneOf(Alarm.class);
  private final Map<Alarm, Integer> inRow = new HashMap<>();
  private Window window = new Window();
  private double penaltyBefore = Double.NaN;
  private double coverageBefore;
  private double bestCoverage;
  private int falls;

  /** Sums over the steps since the last evaluation. */
  private static final class Window {
    private int steps;
    private double realScore;
    private double fakeScore;
    private double penalty;

    void add(StepReport report) {
      steps++;
      realScore += report.get(StepReport.REAL_SCORE);
      fakeScore += report.get(StepReport.FAKE_SCORE);
      penalty += report.numbers().getOrDefault(StepReport.PENALTY, 0).doubleValue();
    }
  }

  /**
   * Without steps.
   *
   * @param probabilities whether scores are probabilities, and not a critic's values
   */
  AlarmWatch(boolean probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * Takes a step over.
   *
   * @param report with the numbers of its evaluation, if there was one
   * @return the alarms that it raises
   */
  Set<Alarm> add(StepReport report) {
    window.add(report);
    if (!report.numbers().containsKey(Metric.COVERAGE.key())) {
      return Set.of();
    }
    Set<Alarm> raised = EnumSet.noneOf(Alarm.class);
    note(raised, Alarm.COLLAPSE, isCollapsed(report));
    note(
        raised,
        Alarm.DISCRIMINATOR_WON,
        probabilities
            && window.realScore / window.steps > CERTAIN
            && window.fakeScore / window.steps < 1 - CERTAIN);
    note(
        raised,
        Alarm.OVERFITTING,
        report.numbers().getOrDefault(OVERFITTING, 0).doubleValue() > VALIDATION_GAP);
    double penalty = window.penalty / window.steps;
    note(
        raised, Alarm.PENALTY, penalty > PENALTY_WORTH && penalty > PENALTY_GROWTH * penaltyBefore);
    penaltyBefore = penalty;
    window = new Window();
    return raised;
  }

  /** Those that were raised and whose cause has not gone since. */
  Set<Alarm> standing() {
    return Collections.unmodifiableSet(present);
  }

  private boolean isCollapsed(StepReport report) {
    double coverage = report.get(Metric.COVERAGE.key());
    falls = coverage < coverageBefore ? falls + 1 : 0;
    coverageBefore = coverage;
    bestCoverage = Math.max(bestCoverage, coverage);
    boolean lost =
        falls >= FALLS && bestCoverage > COVERAGE_WORTH && coverage < COVERAGE_LEFT * bestCoverage;
    return lost || report.get(Metric.DUPLICATES.key()) > DUPLICATES;
  }

  /** Twice in a row is no accident. */
  private void note(Set<Alarm> raised, Alarm alarm, boolean seen) {
    int times = seen ? inRow.merge(alarm, 1, Integer::sum) : 0;
    if (!seen) {
      inRow.remove(alarm);
      present.remove(alarm);
    } else if (times >= 2 && present.add(alarm)) {
      raised.add(alarm);
    }
  }
}
