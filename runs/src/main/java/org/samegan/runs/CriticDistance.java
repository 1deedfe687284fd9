package org.samegan.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.data.Dataset;
import org.samegan.core.training.StepReport;
import org.samegan.runs.data.Examples;

/**
 * The critic's estimate of the distance between the real and the generated distribution, up to its
 * Lipschitz constant: the mean of D(x) minus that of D(G(z)), of each step's batch, and now and
 * then of examples that the critic was not trained on. One that has learnt its training examples by
 * heart gives a smaller distance there (Gulrajani et al. 2017, arXiv:1704.00028, "Meaningful loss
 * curves and detecting overfitting").
 */
final class CriticDistance implements RunListener {
  /** Enough for a mean, and few beside the batches of 100 steps. */
  private static final int HELD_OUT_BATCHES = 8;

  private final Optional<Examples> heldOut;

  CriticDistance(Optional<Examples> heldOut) {
    this.heldOut = heldOut;
  }

  @Override
  public Map<String, Double> measure(StepReport report, TrainingRun run) {
    Map<String, Double> measured = new LinkedHashMap<>();
    if (run.gan().recipe().objective().estimatesDistance()) {
      measured.put(
          "distance", report.get(StepReport.REAL_SCORE) - report.get(StepReport.FAKE_SCORE));
      if (heldOut.isPresent() && run.timetable().measuresAfter(report.step())) {
        measured.put("held-out-distance", onHeldOut(heldOut.get().dataset(run.gan()), run));
      }
    }
    return measured;
  }

  private static double onHeldOut(Dataset data, TrainingRun run) {
    int batches = Math.min(HELD_OUT_BATCHES, data.size() / run.batch());
    Map<String, Double> scores = run.trainer().evaluateDiscriminator(data, batches);
    return scores.get(StepReport.REAL_SCORE) - scores.get(StepReport.FAKE_SCORE);
  }
}
