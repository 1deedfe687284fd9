package org.samegan.core.objective;

import org.samegan.core.SinglePrecision;

/** What the discriminator's weights must satisfy after every update. */
public sealed interface Constraint {
  /** Nothing. */
  record None() implements Constraint {}

  /**
   * Every trained value of the critic is clipped to [-bound, bound] (Arjovsky et al. 2017,
   * arXiv:1701.07875, algorithm 1).
   *
   * @param bound greater than 0; the paper's is 0.01
   */
  record WeightClipping(double bound) implements Constraint {
    /** Checks the bound. */
    public WeightClipping {
      if (!SinglePrecision.isPositive(bound)) {
        throw new IllegalArgumentException(
            "weights are clipped to a bound that is finite and greater than 0 as a 32-bit float,"
                + " found "
                + bound);
      }
    }
  }
}
