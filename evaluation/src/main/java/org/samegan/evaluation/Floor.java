package org.samegan.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.samegan.core.random.RandomStream;

/**
 * What a metric gives where there is nothing to find: its mean and standard deviation between
 * disjoint halves of real images. Many metrics are biased by the number of images, so the halves
 * have the size of the sets that were compared; a generator as good as the data reaches the floor,
 * none gets below it but by chance.
 *
 * @param mean the mean over the splits
 * @param deviation the standard deviation over the splits, with splits - 1 in the denominator; the
 *     splits overlap, so that of independent draws is somewhat larger
 * @param size images in each half: what was asked for, or half of the real images if there are
 *     fewer than twice that. A smaller half's floor is another number than that of the comparison
 * @param splits how often the real images were split
 */
public record Floor(double mean, double deviation, int size, int splits) {
  /** Splits a floor is measured with, unless said otherwise. */
  public static final int DEFAULT_SPLITS = 10;

  /** A floor of 10 splits. */
  public static Floor of(
      Features real, int size, long seed, ToDoubleBiFunction<Features, Features> metric) {
    return of(real, size, DEFAULT_SPLITS, seed, metric);
  }

  /**
   * Measures a floor.
   *
   * @param real the real images' features, at least 4
   * @param size how many images each half should have
   * @param splits how many splits, at least 2
   * @param seed decides the splits
   * @param metric of the two halves; the second is taken for generated
   */
  public static Floor of(
      Features real,
      int size,
      int splits,
      long seed,
      ToDoubleBiFunction<Features, Features> metric) {
    return all(real, size, splits, seed, 1, (a, b) -> new double[] {metric.applyAsDouble(a, b)})[0];
  }

  /** Several numbers that are cheaper to compute together. */
  @FunctionalInterface
  public interface Metrics {
    /** The numbers for two sets of features, always as many, in the same order. */
    double[] compute(Features first, Features second);
  }

  /** The floors of several numbers, each split computed once. */
  public static Floor[] all(
      Features real, int size, int splits, long seed, int numbers, Metrics metrics) {
    return ofRows(
        real.count(),
        size,
        splits,
        seed,
        numbers,
        (first, second) -> metrics.compute(real.select(first), real.select(second)));
  }

  /** Several numbers of two disjoint halves, from what is known of all real images together. */
  @FunctionalInterface
  public interface RowMetrics {
    /** The numbers for the rows of two halves, always as many, in the same order. */
    double[] compute(int[] first, int[] second);
  }

  /** The same floors, of the same splits, for metrics that are told rows and not features. */
  public static Floor[] ofRows(
      int count, int size, int splits, long seed, int numbers, RowMetrics metrics) {
    if (size < 2 || splits < 2 || count < 4) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a floor needs at least 4 real images, halves of at least 2 and 2 splits, found %d,"
                  + " %d and %d",
              count,
              size,
              splits));
    }
    int half = Math.min(size, count / 2);
    double[][] values = new double[numbers][splits];
    for (int split = 0; split < splits; split++) {
      int[] order = RandomStream.of(seed, "evaluation/floor", split).permutation(count);
      double[] found =
          metrics.compute(
              Arrays.copyOfRange(order, 0, half), Arrays.copyOfRange(order, half, 2 * half));
      if (found.length != numbers) {
        throw new IllegalArgumentException(
            "expected " + numbers + " numbers of a split, found " + found.length);
      }
      for (int i = 0; i < numbers; i++) {
        values[i][split] = found[i];
      }
    }
    return Arrays.stream(values).map(of -> summary(of, half)).toArray(Floor[]::new);
  }

  private static Floor summary(double[] values, int size) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Floor(mean, Math.sqrt(squares / (values.length - 1)), size, values.length);
  }
}
