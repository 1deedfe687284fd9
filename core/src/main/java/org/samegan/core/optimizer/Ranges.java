package org.samegan.core.optimizer;

import org.samegan.core.SinglePrecision;
import org.samegan.core.schedule.Schedule;

/** The ranges of the optimizers' hyperparameters. */
final class Ranges {
  private Ranges() {}

  static void learningRate(Schedule rate) {
    if (!rate.isPositive()) {
      throw new IllegalArgumentException(
          "the optimizer's learning rate must be greater than 0, and finite and not rounded to 0 as"
              + " a 32-bit float, found "
              + rate.text());
    }
  }

  static void positive(String name, double value) {
    // Below the least normal float it would vanish in a product.
    if (!SinglePrecision.isFinite(value) || (float) value < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(
          "the optimizer's "
              + name
              + " must be at least "
              + Float.MIN_NORMAL
              + " and finite as a 32-bit float, found "
              + value);
    }
  }

  static void decay(String name, Schedule decay) {
    if (!decay.isFraction()) {
      throw new IllegalArgumentException(
          "the optimizer's "
              + name
              + " must be in [0, 1), and below 1 as a 32-bit float, found "
              + decay.text());
    }
  }
}
