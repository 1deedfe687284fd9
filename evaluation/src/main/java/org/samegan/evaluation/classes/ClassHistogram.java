package org.samegan.evaluation.classes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** How many images there are of each class. Immutable. */
public final class ClassHistogram {
  private final int[] counts;

  private ClassHistogram(int[] counts) {
    this.counts = counts;
  }

  /**
   * Counts labels.
   *
   * @param labels at least one, each from 0 to {@code classes - 1}
   */
  public static ClassHistogram of(int[] labels, int classes) {
    if (labels.length == 0 || classes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a histogram needs at least 1 label of at least 1 class, found %d of %d",
              labels.length,
              classes));
    }
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "expected labels from 0 to %d, found %d for image %d (counted from 0)",
                classes - 1,
                labels[i],
                i));
      }
      counts[labels[i]]++;
    }
    return new ClassHistogram(counts);
  }

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** Images of a class. */
  public int count(int label) {
    return counts[Objects.checkIndex(label, counts.length)];
  }

  /** A class's share of all images, in [0, 1]. */
  public double share(int label) {
    return (double) count(label) / Arrays.stream(counts).sum();
  }

  /** How many classes occur at all: the modes that were found. */
  public int modes() {
    return (int) Arrays.stream(counts).filter(count -> count > 0).count();
  }

  /**
   * The Kullback-Leibler divergence from the data's classes, in nats: KL = sum_c p_c ln(p_c / q_c),
   * p the shares here, q those of the data. 0 for equal shares; ln 10 = 2.3 if one of 10 equally
   * frequent classes is all there is; infinite if a class occurs that the data doesn't have. About
   * (classes - 1) / 2 (1/n + 1/N) for n and N images of equal distributions.
   */
  public double divergenceFrom(ClassHistogram data) {
    if (classes() != data.classes()) {
      throw new IllegalArgumentException(
          "histograms of the same classes are compared, found "
              + classes()
              + " and "
              + data.classes()
              + " classes");
    }
    double divergence = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        divergence += share(c) * (StrictMath.log(share(c)) - StrictMath.log(data.share(c)));
      }
    }
    return Math.max(0, divergence);
  }
}
