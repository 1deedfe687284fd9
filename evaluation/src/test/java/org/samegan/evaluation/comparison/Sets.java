package org.samegan.evaluation.comparison;

import java.util.Arrays;
import java.util.Optional;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;
import org.samegan.evaluation.classes.ClassProbabilities;

/** What is known of drawn images: features around a centre for each class, and opinions of them. */
final class Sets {
  static final int CLASSES = 3;
  static final int DIMENSIONS = 6;

  private Sets() {}

  /** Labelled images of the classes in turn, which the classifier takes for what they are. */
  static Observed labelled(int count, long seed) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % CLASSES);
    return of(count, seed, labels).withLabels(labels);
  }

  /** Images that the classifier takes for these classes. */
  static Observed of(int count, long seed, int[] classes) {
    RandomStream stream = RandomStream.of(seed, "test/sets", 0);
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      int label = classes[i / DIMENSIONS];
      values[i] = (float) stream.nextGaussian() + (i % DIMENSIONS == label ? 6 : 0);
    }
    return Observed.of(Features.of("gaussians", count, DIMENSIONS, values))
        .with(sure(classes, 0.9f));
  }

  /** Opinions of these classes. */
  static ClassProbabilities sure(int[] classes, float certainty) {
    float[] values = new float[classes.length * CLASSES];
    Arrays.fill(values, (1 - certainty) / (CLASSES - 1));
    for (int i = 0; i < classes.length; i++) {
      values[i * CLASSES + classes[i]] = certainty;
    }
    return ClassProbabilities.of(classes.length, CLASSES, values);
  }

  /** Features alone. */
  static Observed standard(int count, int dimensions, long seed) {
    return Observed.of(Gaussians.standard(count, dimensions, seed));
  }

  static Comparison compared(Observed train, Observed generated) {
    return new Comparison(train, Optional.empty(), generated, 5);
  }
}
