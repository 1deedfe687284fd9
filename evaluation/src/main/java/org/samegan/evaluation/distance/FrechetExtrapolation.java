package org.samegan.evaluation.distance;

import java.util.Arrays;
import java.util.Locale;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;

/**
 * The Fréchet distance that infinitely many generated images would have: FD at 15 sizes n, a line
 * fitted to it over 1/n by least squares, and that line's value at 0.
 *
 * <p>Chong and Forsyth 2020, arXiv:1911.07023, section 3. The sizes go evenly from min(5000, N/10)
 * to N, as in dgm-eval, but from at least 2d, below which FD is no line over 1/n. Each is a
 * beginning of one random order of the generated images, so that a seed gives the same number
 * (there every size is drawn anew). The bias of the real images' number stays: give all there are.
 *
 * @param value the distance at infinitely many images; may be a little below 0 for a perfect
 *     generator
 * @param slope how FD grows with 1/n
 */
public record FrechetExtrapolation(double value, double slope) {
  private static final int SIZES = 15;
  private static final int LARGEST_START = 5000;

  /**
   * Extrapolates.
   *
   * @throws IllegalArgumentException for fewer than 3d generated images
   */
  public static FrechetExtrapolation of(Features real, Features generated, long seed) {
    int n = generated.count();
    int d = generated.dimensions();
    if (n < 3 * d || n < SIZES * 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "extrapolating the Fréchet distance needs at least %d images, three a dimension of"
                  + " the features '%s', found %d; measure more images, or leave it out",
              Math.max(3 * d, SIZES * 2),
              generated.name(),
              n));
    }
    FrechetDistance distance = FrechetDistance.from(real);
    int[] order = RandomStream.of(seed, "evaluation/extrapolation", 0).permutation(n);
    int start = Math.max(Math.min(LARGEST_START, n / 10), 2 * d);
    double[] x = new double[SIZES];
    double[] y = new double[SIZES];
    for (int i = 0; i < SIZES; i++) {
      int size = (int) (start + (long) (n - start) * i / (SIZES - 1));
      x[i] = 1.0 / size;
      y[i] = distance.to(generated.select(Arrays.copyOf(order, size)));
    }
    double meanX = Arrays.stream(x).sum() / SIZES;
    double meanY = Arrays.stream(y).sum() / SIZES;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < SIZES; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    double slope = products / squares;
    return new FrechetExtrapolation(meanY - slope * meanX, slope);
  }
}
