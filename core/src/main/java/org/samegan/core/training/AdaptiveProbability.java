package org.samegan.core.training;

import org.samegan.core.augmentation.AugmentationControl.Adaptive;

/**
 * The probability of an augmentation that follows the discriminator's overfitting, and what has
 * been seen of that since it moved last.
 */
final class AdaptiveProbability {
  /** Where a trainer's state has it: p, and the signs, images and steps since it moved. */
  static final String PATH = "augmentation/control";

  private static final int PROBABILITY = 0;
  private static final int SIGNS = 1;
  private static final int IMAGES = 2;
  private static final int STEPS = 3;
  private static final int COUNT = 4;

  private final Adaptive control;
  private final float mostMove;
  private final KeptNumbers kept = new KeptNumbers(PATH, COUNT);

  /**
   * From 0 on.
   *
   * @param mostMove how far it moves at most at once
   */
  AdaptiveProbability(Adaptive control, float mostMove) {
    this.control = control;
    this.mostMove = mostMove;
  }

  KeptNumbers kept() {
    return kept;
  }

  float now() {
    return kept.get(PROBABILITY);
  }

  /**
   * Takes account of a discriminator's step.
   *
   * @param sign the mean sign of its logits on real images; 0 where they have none of meaning
   */
  void saw(float sign, int images) {
    kept.set(SIGNS, kept.get(SIGNS) + sign * images);
    kept.set(IMAGES, kept.get(IMAGES) + images);
  }

  /** Counts a generator's step, and says whether it is time to move. */
  boolean isDueAfterStep() {
    kept.set(STEPS, kept.get(STEPS) + 1);
    return kept.get(STEPS) >= control.interval();
  }

  /** r_t: the mean sign of the logits on the real images since it moved last. */
  float meanSign() {
    return kept.get(SIGNS) / kept.get(IMAGES);
  }

  /** Moves towards less overfitting, or towards less augmentation. */
  void move(float overfitting) {
    float step = Math.min(mostMove, kept.get(IMAGES) / control.adjustment());
    float moved = now() + Math.signum(overfitting - (float) control.target()) * step;
    kept.set(PROBABILITY, Math.max(0, Math.min((float) control.most(), moved)));
    kept.set(SIGNS, 0);
    kept.set(IMAGES, 0);
    kept.set(STEPS, 0);
  }
}
