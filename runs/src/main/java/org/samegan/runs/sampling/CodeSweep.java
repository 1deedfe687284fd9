package org.samegan.runs.sampling;

import java.util.Locale;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;

/**
 * The latents of a grid that shows what one continuous code means (Chen et al. 2016,
 * arXiv:1606.03657, figure 2): from left to right it goes from -2 to 2, from row to row the label
 * or the class of the first categorical code changes, and everything else stays. Without either
 * each row is another draw.
 *
 * @param latents of the grid's images, row by row
 * @param count how many images the grid has
 */
record CodeSweep(LatentSource latents, int count) {
  /** Steps of the code, and rows where there are no classes. */
  static final int COLUMNS = 10;

  private static final double END = 2;

  /**
   * The sweep of one code.
   *
   * @param number which value of the continuous codes, from 1
   * @throws IllegalArgumentException if the model has no such value
   */
  static CodeSweep of(Latent latent, int number, long seed) {
    requireCode(latent, number);
    Latents drawn = Latents.drawn(latent, seed);
    int classes =
        latent.label().isPresent()
            ? latent.label().get().size()
            : latent.parts().stream()
                .filter(Latent.Categorical.class::isInstance)
                .mapToInt(Latent.Part::size)
                .findFirst()
                .orElse(0);
    Latents rows = rows(latent, drawn, classes);
    return new CodeSweep(
        rows.withContinuous(number - 1, sample -> value(sample % COLUMNS)),
        (classes == 0 ? COLUMNS : classes) * COLUMNS);
  }

  private static Latents rows(Latent latent, Latents drawn, int classes) {
    if (classes == 0) {
      return drawn.drawnAs(sample -> sample / COLUMNS);
    }
    Latents same = drawn.drawnAs(sample -> 0);
    return latent.label().isPresent()
        ? same.withLabels(sample -> sample / COLUMNS)
        : same.withCategories(0, sample -> sample / COLUMNS);
  }

  private static void requireCode(Latent latent, int number) {
    int codes =
        latent.parts().stream()
            .filter(Latent.Continuous.class::isInstance)
            .mapToInt(Latent.Part::size)
            .sum();
    if (codes == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option sweep %d: this model has no continuous codes; train one that has, such as"
                  + " infogan",
              number));
    }
    if (number < 1 || number > codes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option sweep must be from 1 to %d, as many values as this model's continuous codes"
                  + " have, found %d",
              codes,
              number));
    }
  }

  private static double value(int column) {
    return END * (2.0 * column / (COLUMNS - 1) - 1);
  }
}
