package org.samegan.evaluation.comparison;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.classes.ClassProbabilities;

/**
 * What is known of some images: their features, a classifier's opinion of their classes where it
 * has one, and their labels where they have some: the data's own, or what a generator was asked
 * for. Immutable.
 */
public final class Observed {
  private final Features features;
  private final ClassProbabilities opinions;
  private final int[] labels;

  private Observed(Features features, ClassProbabilities opinions, int[] labels) {
    this.features = features;
    this.opinions = opinions;
    this.labels = labels;
    requireCount("opinions", opinions == null ? features.count() : opinions.count());
    requireCount("labels", labels == null ? features.count() : labels.length);
  }

  private void requireCount(String what, int count) {
    if (count != features.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d images need as many %s, found %d", features.count(), what, count));
    }
  }

  /** Features alone. */
  public static Observed of(Features features) {
    return new Observed(features, null, null);
  }

  /** With a classifier's opinions. */
  public Observed with(ClassProbabilities said) {
    return new Observed(features, said, labels);
  }

  /** With labels, from 0. */
  public Observed withLabels(int[] known) {
    return new Observed(features, opinions, known.clone());
  }

  /** How many images. */
  public int count() {
    return features.count();
  }

  /** What was seen in them. */
  public Features features() {
    return features;
  }

  /** What a classifier says of them. */
  public Optional<ClassProbabilities> opinions() {
    return Optional.ofNullable(opinions);
  }

  /** Whether they have labels. */
  public boolean isLabelled() {
    return labels != null;
  }

  /**
   * The class of each: its label, or else what the classifier says.
   *
   * @throws IllegalStateException if neither is known
   */
  public int[] classes() {
    if (labels == null && opinions == null) {
      throw new IllegalStateException("neither labels nor a classifier's opinions are known");
    }
    return labels == null ? opinions.labels() : labels.clone();
  }

  /** The chosen images in the order given, at least 2. */
  public Observed select(int[] rows) {
    return new Observed(
        features.select(rows),
        opinions == null ? null : opinions.select(rows),
        labels == null ? null : Arrays.stream(rows).map(row -> labels[row]).toArray());
  }

  /** The first images. */
  public Observed first(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return count == count() ? this : select(rows);
  }
}
