package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a discriminator's step computes of examples that it is not trained on. */
final class HeldOutMeans {
  private HeldOutMeans() {}

  /**
   * The means of the step's numbers over the first batches.
   *
   * @throws IllegalArgumentException if there are fewer batches
   * @throws DivergenceException if one of the numbers is NaN or infinite
   */
  static Map<String, Double> compute(
      Batches batches, int examples, int batch, int count, CompiledStep step, Progress progress) {
    if (count < 1 || count > batches.perEpoch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d held-out examples make %d batches of %d, of which at least 1 is needed, but %d"
                  + " are asked for",
              examples,
              batches.perEpoch(),
              batch,
              count));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    for (int k = 0; k < count; k++) {
      // Steps use the streams from 0 on.
      step.run(new Draw(-1 - k, batches, k), progress.step());
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
}
