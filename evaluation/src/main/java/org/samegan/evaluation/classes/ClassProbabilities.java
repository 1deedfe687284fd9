package org.samegan.evaluation.classes;

import java.util.Locale;
import java.util.Objects;

/** What a classifier said of n images: for each, the probabilities of c classes. Immutable. */
public final class ClassProbabilities {
  /** How far from 1 the rounding of a softmax in 32 bits may leave a sum. */
  private static final double TOLERANCE = 1e-3;

  private final int count;
  private final int classes;
  private final float[] values;

  private ClassProbabilities(int count, int classes, float[] values) {
    this.count = count;
    this.classes = classes;
    this.values = values;
  }

  /**
   * The probabilities, row by row.
   *
   * @param count images, at least 1
   * @param classes at least 2
   * @param values {@code count * classes} numbers, at least 0, the sum of each row 1
   */
  public static ClassProbabilities of(int count, int classes, float[] values) {
    if (count < 1 || classes < 2 || values.length != (long) count * classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected probabilities of at least 2 classes for at least 1 image, a value each,"
                  + " found %d images, %d classes and %d values",
              count,
              classes,
              values.length));
    }
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        float value = values[i * classes + c];
        // NaN fails it too
        sum = value >= 0 ? sum + value : Double.NaN;
      }
      if (!(Math.abs(sum - 1) <= TOLERANCE)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "expected probabilities that are at least 0 and have the sum 1, found the sum %s in"
                    + " row %d (counted from 0; NaN where one is negative or none); logits need a"
                    + " softmax first",
                sum,
                i));
      }
    }
    return new ClassProbabilities(count, classes, values.clone());
  }

  /** The number of images. */
  public int count() {
    return count;
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The probability that an image is of a class. */
  public double at(int image, int label) {
    Objects.checkIndex(label, classes);
    return values[Objects.checkIndex(image, count) * classes + label];
  }

  /** Those of the chosen images in the order given, at least 1. */
  public ClassProbabilities select(int[] rows) {
    float[] selected = new float[rows.length * classes];
    for (int i = 0; i < rows.length; i++) {
      int from = Objects.checkIndex(rows[i], count) * classes;
      System.arraycopy(values, from, selected, i * classes, classes);
    }
    return of(rows.length, classes, selected);
  }

  /** The most probable class of every image, the lowest of equal ones. */
  public int[] labels() {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      for (int c = 1; c < classes; c++) {
        if (at(i, c) > at(i, labels[i])) {
          labels[i] = c;
        }
      }
    }
    return labels;
  }
}
