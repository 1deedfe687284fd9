package org.samegan.core.training;

import java.util.Locale;

/**
 * Training has gone to NaN or infinity. The update that would have spread it was not made, but
 * within the same step the discriminator may have been updated before the generator failed: go on
 * from a checkpoint.
 */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long step;

  /**
   * A number that can't be trained on.
   *
   * @param step the step that failed, 1 for the first
   * @param found what was found, such as {@code the generator's loss is NaN}
   */
  DivergenceException(long step, String found) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged at step %d: %s; lower the learning rate (of a GAN"
                + " generator.learning-rate and discriminator.learning-rate) by a factor of 2 to"
                + " 10, or use a larger batch",
            step,
            found));
    this.step = step;
  }

  /**
   * The same with more to say.
   *
   * @param cause what happened
   * @param more such as where the last good checkpoint is
   */
  public DivergenceException(DivergenceException cause, String more) {
    super(cause.getMessage() + "; " + more, cause);
    step = cause.step;
  }

  /** The step that failed, 1 for the first. */
  public long step() {
    return step;
  }
}
