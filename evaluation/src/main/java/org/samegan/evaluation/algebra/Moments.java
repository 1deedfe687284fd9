package org.samegan.evaluation.algebra;

import org.samegan.evaluation.Features;

/**
 * Mean and covariance of features, the covariance with n - 1 in the denominator as {@code np.cov}
 * has it.
 */
public final class Moments {
  /** Rows added to the covariance in one pass over it. */
  private static final int ROWS = 4;

  private final int count;
  private final double[] mean;
  private final double[] covariance;

  private Moments(int count, double[] mean, double[] covariance) {
    this.count = count;
    this.mean = mean;
    this.covariance = covariance;
  }

  /** Computes both, the covariance in a second pass around the mean. */
  public static Moments of(Features features) {
    int n = features.count();
    int d = features.dimensions();
    double[] rows = new double[ROWS * d];
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      features.copyRows(i, i + 1, rows);
      for (int j = 0; j < d; j++) {
        mean[j] += rows[j];
      }
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= n;
    }
    double[] covariance = new double[d * d];
    double[][] centred = new double[ROWS][d];
    for (int from = 0; from < n; from += ROWS) {
      int to = Math.min(n, from + ROWS);
      features.copyRows(from, to, rows);
      for (int r = 0; r < ROWS; r++) {
        for (int j = 0; j < d; j++) {
          centred[r][j] = from + r < to ? rows[r * d + j] - mean[j] : 0;
        }
      }
      for (int i = 0; i < d; i++) {
        addRow(covariance, i, d, centred[0], centred[1], centred[2], centred[3]);
      }
    }
    for (int i = 0; i < d; i++) {
      for (int j = i; j < d; j++) {
        double value = covariance[i * d + j] / (n - 1);
        covariance[i * d + j] = value;
        covariance[j * d + i] = value;
      }
    }
    return new Moments(n, mean, covariance);
  }

  private static void addRow(
      double[] sums, int i, int d, double[] a, double[] b, double[] c, double[] e) {
    int offset = i * d;
    double ai = a[i];
    double bi = b[i];
    double ci = c[i];
    double ei = e[i];
    for (int j = i; j < d; j++) {
      sums[offset + j] += ai * a[j] + bi * b[j] + ci * c[j] + ei * e[j];
    }
  }

  /** How many rows they were computed from. */
  public int count() {
    return count;
  }

  /** The mean of one column. */
  public double mean(int column) {
    return mean[column];
  }

  /** The covariance, d x d, row by row, symmetric. */
  public double[] covariance() {
    return covariance.clone();
  }

  /** The number of dimensions. */
  public int dimensions() {
    return mean.length;
  }

  /** The sum of the variances. */
  public double trace() {
    double trace = 0;
    for (int i = 0; i < mean.length; i++) {
      trace += covariance[i * mean.length + i];
    }
    return trace;
  }
}
