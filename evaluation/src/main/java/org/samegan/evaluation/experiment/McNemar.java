package org.samegan.evaluation.experiment;

import java.util.Locale;

/**
 * McNemar's test of two classifiers on the same images, exact: where both are as good, an image
 * that one alone is right about is as likely the one's as the other's (McNemar 1947,
 * doi:10.1007/BF02295996; Dietterich 1998, doi:10.1162/089976698300017197).
 *
 * @param onlyFirst images that the first alone is right about
 * @param onlySecond images that the second alone is right about
 */
public record McNemar(long onlyFirst, long onlySecond) {
  /** Checks the counts. */
  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "counts must be at least 0, found %d and %d", onlyFirst, onlySecond));
    }
  }

  /**
   * Compares answers.
   *
   * @param first the classes that the first said, an image each
   * @param second the classes that the second said
   * @param labels the images' classes
   */
  public static McNemar of(int[] first, int[] second, int[] labels) {
    if (first.length != labels.length || second.length != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d images need as many answers, found %d and %d",
              labels.length,
              first.length,
              second.length));
    }
    long onlyFirst = 0;
    long onlySecond = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean right = first[i] == labels[i];
      if (right != (second[i] == labels[i])) {
        onlyFirst += right ? 1 : 0;
        onlySecond += right ? 0 : 1;
      }
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /** The images of both tests, as if they were different ones. */
  public McNemar plus(McNemar other) {
    return new McNemar(onlyFirst + other.onlyFirst, onlySecond + other.onlySecond);
  }

  /** How probable so uneven counts are, either way, where both classifiers are as good. */
  public double probability() {
    long fewer = Math.min(onlyFirst, onlySecond);
    long all = onlyFirst + onlySecond;
    if (2 * fewer == all) {
      return 1;
    }
    // P(X <= k) of the binomial of n and 1/2 is I_{1/2}(n - k, k + 1).
    return Math.min(1, 2 * IncompleteBeta.at(0.5, (double) (all - fewer), fewer + 1.0));
  }
}
