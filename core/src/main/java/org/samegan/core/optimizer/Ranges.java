package org.samegan.core.optimizer;

import org.samegan.core.schedule.Schedule;

/** The ranges of the optimizers' hyperparameters. */
final class Ranges {
  private Ranges() {}

  static void learningRate(Schedule rate) {
    if (!rate.isPositive()) {
      throw new IllegalArgumentException(
          "the optimizer's learning rate must be greater than 0, found " + rate.text());
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "the optimizer's " + name + " must be greater than 0, found " + value);
    }
  }

  static void decay(String name, Schedule decay) {
    if (!decay.isFraction()) {
      throw new IllegalArgumentException(
          "the optimizer's " + name + " must be in [0, 1), found " + decay.text());
    }
  }
}
