package org.samegan.core.objective;

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
      if (!(bound > 0)) {
        throw new IllegalArgumentException(
            "weights are clipped to a bound greater than 0, found " + bound);
      }
    }
  }
}
