package org.samegan.core.training;

/**
 * Training has gone to NaN or infinity. The update that would have spread it was not made, but
 * within the same step the discriminator may have been updated before the generator failed: go on
 * from a checkpoint.
 */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long step;

  DivergenceException(long step, String what, double value) {
    super(
        String.format(
            "training diverged at step %d: %s is %s;"
                + " lower the learning rates (generator.learning-rate and"
                + " discriminator.learning-rate) by a factor of 2 to 10, or use a larger batch",
            step, what, value));
    this.step = step;
  }

  /** The step that failed, 1 for the first. */
  public long step() {
    return step;
  }
}
