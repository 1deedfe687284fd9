package org.samegan.evaluation.distance;

import java.util.Locale;
import java.util.stream.IntStream;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;

/**
 * MIND: the squared 2-Wasserstein distance along random directions, averaged.
 *
 * <p>MIND = 3d mean_u mean_j (sort(X u)_j - sort(Y u)_j)^2 over 1000 random unit vectors u, for
 * equally many x and y. At least 0, in the features' unit squared. It compares the sets themselves,
 * not Gaussians through them, and costs n d + n log n a direction: cheap enough to steer training.
 *
 * <p>arXiv:2605.06797. Biased upwards like 1/n, as all distances between samples: compare equal
 * numbers of images only. Its directions are a function of the seed, the same for all images.
 */
public final class Mind {
  /** The authors' number of directions. */
  public static final int DIRECTIONS = 1000;

  private Mind() {}

  /**
   * Computes the distance along {@link #DIRECTIONS} directions.
   *
   * @param seed decides the directions; 2020 is the authors'
   * @throws IllegalArgumentException if there are not as many real as generated images
   */
  public static double between(Features real, Features generated, long seed) {
    real.requireComparable(generated);
    if (real.count() != generated.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "MIND compares equally many images, found %d real and %d generated; take as many of"
                  + " either",
              real.count(),
              generated.count()));
    }
    int d = real.dimensions();
    double[] x = all(real);
    double[] y = all(generated);
    double[] distances =
        IntStream.range(0, DIRECTIONS)
            .parallel()
            .mapToDouble(
                index -> {
                  double[] direction = direction(d, seed, index);
                  return alongLine(sortedAlong(x, direction), sortedAlong(y, direction));
                })
            .toArray();
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    return 3.0 * d * sum / DIRECTIONS;
  }

  private static double[] all(Features features) {
    double[] values = new double[features.count() * features.dimensions()];
    features.copyRows(0, features.count(), values);
    return values;
  }

  private static double[] direction(int d, long seed, int index) {
    RandomStream stream = RandomStream.of(seed, "evaluation/mind", index);
    double[] direction = new double[d];
    double squares = 0;
    for (int j = 0; j < d; j++) {
      direction[j] = stream.nextGaussian();
      squares += direction[j] * direction[j];
    }
    double length = Math.sqrt(squares);
    for (int j = 0; j < d; j++) {
      direction[j] /= length;
    }
    return direction;
  }

  private static double[] sortedAlong(double[] rows, double[] direction) {
    int d = direction.length;
    double[] projected = new double[rows.length / d];
    for (int i = 0; i < projected.length; i++) {
      double even = 0;
      double odd = 0;
      int row = i * d;
      int j = 0;
      // Two sums, as each addition waits for the one before it.
      for (; j + 1 < d; j += 2) {
        even += rows[row + j] * direction[j];
        odd += rows[row + j + 1] * direction[j + 1];
      }
      projected[i] = j < d ? even + odd + rows[row + j] * direction[j] : even + odd;
    }
    return AscendingSort.sorted(projected);
  }

  private static double alongLine(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum / x.length;
  }
}
