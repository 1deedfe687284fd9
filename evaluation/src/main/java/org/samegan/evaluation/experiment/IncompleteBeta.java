package org.samegan.evaluation.experiment;

import java.util.Locale;

/** The regularised incomplete beta function, of which Student's t and the binomial are made. */
final class IncompleteBeta {
  /** Lanczos' coefficients for g = 7, good to 15 digits (Godfrey 2001). */
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private static final double TINY = 1e-300;
  private static final double PRECISION = 1e-15;
  private static final int MOST_TERMS = 100_000;

  private IncompleteBeta() {}

  /**
   * I_x(a, b), the probability that a variable of the beta distribution is at most x, by its
   * continued fraction (DLMF 8.17.22).
   *
   * @param x in [0, 1]
   * @param a more than 0
   * @param b more than 0
   */
  static double at(double x, double a, double b) {
    if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "expected x in [0, 1] and a, b > 0, found %s, %s, %s", x, a, b));
    }
    if (x == 0 || x == 1) {
      return x;
    }
    // Where it converges fast; the rest by the symmetry of the distribution.
    return x <= (a + 1) / (a + b + 2) ? ofFraction(x, a, b) : 1 - ofFraction(1 - x, b, a);
  }

  private static double ofFraction(double x, double a, double b) {
    double front =
        StrictMath.exp(
            a * StrictMath.log(x)
                + b * StrictMath.log1p(-x)
                + logGamma(a + b)
                - logGamma(a)
                - logGamma(b));
    return front * fraction(x, a, b) / a;
  }

  /** By the modified method of Lentz. */
  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double change = d * c;
      value *= change;
      if (Math.abs(change - 1) < PRECISION) {
        return value;
      }
    }
    throw new ArithmeticException(
        String.format(Locale.ROOT, "the fraction of I_%s(%s, %s) does not converge", x, a, b));
  }

  /** Never quite zero, as it is divided by. */
  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** log Gamma(x) for x > 0. */
  private static double logGamma(double x) {
    if (x < 0.5) {
      return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * x)) - logGamma(1 - x);
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return 0.5 * StrictMath.log(2 * Math.PI)
        + (x - 0.5) * StrictMath.log(t)
        - t
        + StrictMath.log(sum);
  }
}
