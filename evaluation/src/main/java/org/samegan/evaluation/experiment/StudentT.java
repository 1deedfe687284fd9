package org.samegan.evaluation.experiment;

import java.util.Locale;

/** Student's t distribution (Student 1908, doi:10.2307/2331554). */
public final class StudentT {
  private StudentT() {}

  /**
   * The probability that t is at most a value.
   *
   * @param degrees of freedom, at least 1
   */
  public static double probability(double t, int degrees) {
    requireDegrees(degrees);
    double tail = IncompleteBeta.at(degrees / (degrees + t * t), degrees / 2.0, 0.5) / 2;
    return t < 0 ? tail : 1 - tail;
  }

  /**
   * The value that t is at most with a probability, by bisection.
   *
   * @param probability in [0.5, 1)
   * @param degrees of freedom, at least 1
   */
  public static double quantile(double probability, int degrees) {
    requireDegrees(degrees);
    if (!(probability >= 0.5 && probability < 1)) {
      throw new IllegalArgumentException(
          "a quantile's probability must be in [0.5, 1), found " + probability);
    }
    double low = 0;
    double high = 1;
    while (probability(high, degrees) < probability) {
      low = high;
      high *= 2;
    }
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (probability(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private static void requireDegrees(int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "degrees of freedom must be at least 1, found %d", degrees));
    }
  }
}
