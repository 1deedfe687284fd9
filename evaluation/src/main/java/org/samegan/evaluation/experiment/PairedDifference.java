package org.samegan.evaluation.experiment;

import java.util.Locale;

/**
 * How much better one way to train is than another, where both were tried on the same subsets of
 * some data.
 *
 * @param accuracy the mean over subsets of the first way's accuracy less the second's
 * @param test over the test images of all subsets. They are the same images for each subset, so its
 *     probability is too small where there are several; then the interval decides
 */
public record PairedDifference(MeanInterval accuracy, McNemar test) {
  /**
   * Compares accuracies, subset by subset.
   *
   * @param first accuracies, a subset each
   * @param second accuracies on the same subsets
   * @param test over all subsets
   */
  public static PairedDifference of(double[] first, double[] second, McNemar test) {
    return new PairedDifference(MeanInterval.of(differences(first, second)), test);
  }

  /** First less second, pair by pair. */
  public static double[] differences(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "pairs are compared, found %d and %d", first.length, second.length));
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return differences;
  }

  /**
   * What it shows: of several subsets by the interval over them, which covers other subsets too; of
   * one by the test, which covers other test images alone.
   */
  public Verdict verdict() {
    return accuracy.isBounded() ? Verdict.of(accuracy) : Verdict.of(test);
  }
}
