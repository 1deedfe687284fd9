package org.samegan.core.training;

import java.util.Locale;

/**
 * How far a run has come.
 *
 * @param step generator steps so far, at least 0
 * @param batches batches of real examples so far, one for each discriminator step
 * @param images real examples so far
 * @param epochs complete passes over the data so far
 */
public record Progress(long step, long batches, long images, long epochs) {
  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, 0, 0);

  /** Checks the counts. */
  public Progress {
    if (step < 0 || batches < 0 || images < 0 || epochs < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "progress can't be negative, found step %d, batches %d, images %d, epochs %d",
              step,
              batches,
              images,
              epochs));
    }
  }
}
