package org.samegan.runs.classifier;

import java.util.Locale;

/**
 * How a classifier is trained.
 *
 * @param epochs at most so many passes over the training images, at least 1
 * @param batch images a step, at least 2
 * @param learningRate Adam's at the beginning; it falls to 0 along a cosine over all epochs
 * @param validation the share of the images, in (0, 0.5], that is held out to choose the best epoch
 * @param patience training ends after so many epochs without a better one, at least 1
 * @param augment whether training images are turned, moved, scaled and sheared a little
 * @param seed of all randomness
 */
public record ClassifierSettings(
    int epochs,
    int batch,
    double learningRate,
    double validation,
    int patience,
    boolean augment,
    long seed) {
  /** 20 epochs in batches of 128, a tenth for validation, with augmentation. */
  public static final ClassifierSettings DEFAULTS =
      new ClassifierSettings(20, 128, 2e-3, 0.1, 5, true, 42);

  /** Checks the ranges. */
  public ClassifierSettings {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(batch >= 2, "batch", "at least 2", batch);
    require(learningRate > 0 && learningRate < 1, "learning-rate", "in (0, 1)", learningRate);
    require(validation > 0 && validation <= 0.5, "validation", "in (0, 0.5]", validation);
    require(patience >= 1, "patience", "at least 1", patience);
  }

  private static void require(boolean fits, String option, String expected, Number found) {
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the option %s must be %s, found %s", option, expected, found));
    }
  }
}
