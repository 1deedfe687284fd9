package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;

/**
 * What a discriminator's step computes of examples that it is not trained on. Steps use the random
 * streams from 0 on, and this those below.
 */
record HeldOutMeans(Gan gan, Sharding sharding, long seed, CompiledStep step) {
  /** Enough for a mean. */
  private static final int BATCHES = 4;

  /**
   * The means of the step's numbers over the first batches.
   *
   * @param augmented the probability of the augmentation's transformations
   * @throws IllegalArgumentException if there are fewer batches
   * @throws DivergenceException if one of the numbers is NaN or infinite
   */
  Map<String, Double> of(Dataset examples, int count, Progress progress, float augmented) {
    Batches batches = Batches.of(gan, examples, sharding.batch(), seed, "held_out/order");
    if (count < 1 || count > batches.perEpoch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d held-out examples make %d batches of %d, of which at least 1 is needed, but %d"
                  + " are asked for",
              examples.size(),
              batches.perEpoch(),
              sharding.batch(),
              count));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    for (int k = 0; k < count; k++) {
      step.run(new Draw(-1 - k, batches, k, augmented), progress.step());
      step.numbers().forEach((name, value) -> means.merge(name, value / count, Double::sum));
    }
    means.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new DivergenceException(
                progress.step(), "the " + name + " on held-out data is " + value);
          }
        });
    return means;
  }

  /**
   * r_v: how far scores of held-out examples have left those of training examples on the way to
   * those of generated ones, 0 for not at all and 1 for all the way (Karras et al. 2020,
   * arXiv:2006.06676, eq. 1).
   */
  double overfitting(Dataset training, Dataset heldOut, Progress progress, float augmented) {
    int count = Math.min(BATCHES, Math.min(training.size(), heldOut.size()) / sharding.batch());
    Map<String, Double> seen = of(training, count, progress, augmented);
    Map<String, Double> unseen = of(heldOut, count, progress, augmented);
    double train = seen.get(StepReport.REAL_SCORE);
    double range = train - seen.get(StepReport.FAKE_SCORE);
    return range == 0 ? 0 : (train - unseen.get(StepReport.REAL_SCORE)) / range;
  }
}
