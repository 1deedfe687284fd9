package org.samegan.evaluation.distance;

import java.util.Locale;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.Moments;
import org.samegan.evaluation.algebra.SymmetricEigen;

/**
 * The Fréchet distance (FD; FID where the features are Inception's): how far apart two Gaussians
 * are that have the features' means and covariances.
 *
 * <p>FD = |m1 - m2|^2 + tr(S1 + S2 - 2 (S1^1/2 S2 S1^1/2)^1/2), S with n - 1 in the denominator. At
 * least 0, and 0 for equal moments; its unit is that of the features, squared.
 *
 * <p>Heusel, Ramsauer, Unterthiner, Nessler and Hochreiter 2017, arXiv:1706.08500, equation 6;
 * Dowson and Landau 1982, doi:10.1016/0047-259X(82)90077-X. The symmetric form has the trace of
 * their (S1 S2)^1/2 but real eigenvalues; what rounding makes negative among them counts as zero.
 *
 * <p>Biased: about a + b/n for n images, so only distances of equally many images may be compared,
 * and {@link FrechetExtrapolation} estimates a. It sees no more than means and covariances.
 */
public final class FrechetDistance {
  private final Features real;
  private final Moments moments;
  private final double[] root;

  private FrechetDistance(Features real) {
    requireEnough(real);
    this.real = real;
    this.moments = Moments.of(real);
    this.root = SymmetricEigen.of(moments.covariance(), moments.dimensions()).squareRoot();
  }

  /** Distances from these features, for more than one: their square root is computed once. */
  public static FrechetDistance from(Features real) {
    return new FrechetDistance(real);
  }

  /**
   * The distance between two sets of features.
   *
   * @throws IllegalArgumentException if either has no more rows than dimensions: its covariance
   *     would be singular, and the distance tell the number of images rather than their looks
   */
  public static double between(Features real, Features generated) {
    return from(real).to(generated);
  }

  /** The distance to these features. */
  public double to(Features generated) {
    real.requireComparable(generated);
    requireEnough(generated);
    return to(Moments.of(generated));
  }

  private double to(Moments other) {
    int d = moments.dimensions();
    double[] product = times(times(root, other.covariance(), d), root, d);
    double[] symmetric = new double[d * d];
    double between = 0;
    for (int i = 0; i < d; i++) {
      double difference = moments.mean(i) - other.mean(i);
      between += difference * difference;
      for (int j = 0; j < d; j++) {
        symmetric[i * d + j] = (product[i * d + j] + product[j * d + i]) / 2;
      }
    }
    double shared = 0;
    for (double value : SymmetricEigen.valuesOf(symmetric, d)) {
      shared += Math.sqrt(Math.max(0, value));
    }
    return Math.max(0, between + moments.trace() + other.trace() - 2 * shared);
  }

  private static double[] times(double[] a, double[] b, int d) {
    double[] product = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < d; k++) {
        double factor = a[i * d + k];
        for (int j = 0; j < d; j++) {
          product[i * d + j] += factor * b[k * d + j];
        }
      }
    }
    return product;
  }

  private static void requireEnough(Features features) {
    if (features.count() <= features.dimensions()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a Fréchet distance needs more images than features have dimensions, or their"
                  + " covariance is singular; the features '%s' have %d dimensions, found %d"
                  + " images; measure at least %d, better ten times as many, or use the kernel"
                  + " distance",
              features.name(),
              features.dimensions(),
              features.count(),
              features.dimensions() + 1));
    }
  }
}
