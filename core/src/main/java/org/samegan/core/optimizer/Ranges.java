package org.samegan.core.optimizer;

/** The ranges of the optimizers' hyperparameters. */
final class Ranges {
  private Ranges() {}

  static void learningRate(double value) {
    positive("learning rate", value);
  }

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "the optimizer's " + name + " must be greater than 0, found " + value);
    }
  }

  static void decay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "the optimizer's " + name + " must be in [0, 1), found " + value);
    }
  }
}
