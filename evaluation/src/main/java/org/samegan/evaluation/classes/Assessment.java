package org.samegan.evaluation.classes;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How well a classifier tells labelled images apart.
 *
 * @param count images
 * @param accuracy the share of images whose most probable class is theirs
 * @param loss the mean of -log of the probability of the image's class, in nats
 * @param calibrationError how far its certainty is from the truth: the expected calibration error
 *     in {@value #BINS} bins of equal width (Guo et al. 2017, arXiv:1706.04599, eq. 3): the mean
 *     over images of |accuracy - certainty| of the bin that the image's greatest probability is in
 * @param classes the accuracy for the images of each class, its recall, NaN where there is none
 */
public record Assessment(
    int count, double accuracy, double loss, double calibrationError, List<Double> classes) {
  /** Bins of the calibration error. */
  public static final int BINS = 15;

  /** Keeps the list. */
  public Assessment {
    classes = List.copyOf(classes);
  }

  /**
   * Compares opinions with labels.
   *
   * @param labels an image's class each, from 0
   * @throws IllegalArgumentException if there are not as many, or one is no class
   */
  public static Assessment of(ClassProbabilities opinions, int[] labels) {
    if (labels.length != opinions.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d images need as many labels, found %d",
              opinions.count(),
              labels.length));
    }
    int[] found = opinions.labels();
    int[] right = new int[opinions.classes()];
    int[] all = new int[opinions.classes()];
    double[] surplus = new double[BINS];
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= all.length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "image %d has the label %d, but there are the classes 0 to %d",
                i,
                labels[i],
                all.length - 1));
      }
      boolean correct = found[i] == labels[i];
      double certainty = opinions.at(i, found[i]);
      all[labels[i]]++;
      right[labels[i]] += correct ? 1 : 0;
      surplus[bin(certainty)] += (correct ? 1 : 0) - certainty;
      // What a float rounds to 0 is at most as improbable as its smallest number.
      loss -= Math.log(Math.max(opinions.at(i, labels[i]), Float.MIN_VALUE));
    }
    double hits = 0;
    Double[] recall = new Double[all.length];
    for (int c = 0; c < all.length; c++) {
      hits += right[c];
      recall[c] = all[c] == 0 ? Double.NaN : (double) right[c] / all[c];
    }
    return new Assessment(
        labels.length,
        hits / labels.length,
        loss / labels.length,
        DoubleStream.of(surplus).map(Math::abs).sum() / labels.length,
        List.of(recall));
  }

  /** Bins are closed above, as in the paper. */
  private static int bin(double certainty) {
    return Math.max(0, Math.min(BINS - 1, (int) Math.ceil(certainty * BINS) - 1));
  }
}
