package org.samegan.evaluation.experiment;

/**
 * A mean and the interval that holds its expectation with a confidence of 95 %, by Student's t: the
 * mean plus or minus the 97.5 % quantile times the standard error.
 *
 * @param count of the values, at least 1
 * @param mean of the values
 * @param low end of the interval; NaN of one value alone, which tells no spread
 * @param high end of the interval; NaN likewise
 */
public record MeanInterval(int count, double mean, double low, double high) {
  private static final double UPPER = 0.975;

  /**
   * That of values.
   *
   * @param values at least one
   */
  public static MeanInterval of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a mean needs at least 1 value, found none");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    if (values.length == 1) {
      return new MeanInterval(1, mean, Double.NaN, Double.NaN);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares / (values.length - 1) / values.length);
    double half = StudentT.quantile(UPPER, values.length - 1) * error;
    return new MeanInterval(values.length, mean, mean - half, mean + half);
  }

  /** Whether there is an interval. */
  public boolean isBounded() {
    return count > 1;
  }
}
