package org.samegan.core.layer;

import java.util.Arrays;

/**
 * A step of power iteration on a weight of shape (..., outputs) by the article's formulas, whose W
 * is its transpose.
 */
final class PowerIteration {
  final double[] u;
  final double[] v;
  final double sigma;

  /**
   * Makes a step.
   *
   * @param u the vector to start from, a value for each output
   */
  PowerIteration(double[] weight, double[] u) {
    int outputs = u.length;
    double[] ofInputs = new double[weight.length / outputs];
    for (int i = 0; i < weight.length; i++) {
      ofInputs[i / outputs] += weight[i] * u[i % outputs];
    }
    v = direction(ofInputs);
    double[] ofOutputs = new double[outputs];
    for (int i = 0; i < weight.length; i++) {
      ofOutputs[i % outputs] += weight[i] * v[i / outputs];
    }
    this.u = direction(ofOutputs);
    sigma = sigma(weight);
  }

  /** What the vectors make of any weight: u' W v. */
  double sigma(double[] weight) {
    double sigma = 0;
    for (int i = 0; i < weight.length; i++) {
      sigma += weight[i] * v[i / u.length] * u[i % u.length];
    }
    return sigma;
  }

  /** Any weight over what the vectors make of it. */
  double[] normalised(double[] weight) {
    return quotient(weight, sigma(weight));
  }

  private static double[] direction(double[] x) {
    return quotient(x, Math.sqrt(Arrays.stream(x).map(value -> value * value).sum()));
  }

  private static double[] quotient(double[] x, double by) {
    return Arrays.stream(x).map(value -> value / by).toArray();
  }
}
