package org.samegan.core.augmentation;

import java.util.Locale;

/** How often an image is transformed: the probability of each transformation. */
public sealed interface AugmentationControl {
  /** Every image by every transformation, as in DiffAugment. */
  record Always() implements AugmentationControl {}

  /**
   * With a probability p that follows the discriminator's overfitting (Karras et al. 2020,
   * arXiv:2006.06676, section 3): p starts at 0 and moves towards a target of the measure r by
   * {@code sign(r - target) * images / adjustment}, for every image of the real batches since it
   * moved last. It never leaves [0, most], since augmentations leak into what is generated where
   * nearly every image has them.
   *
   * <p>Where the discriminator gives logits, r is the mean of their signs on real images, and p
   * moves every so many steps. A critic's values have no sign of meaning: there r is {@code (E
   * D(train) - E D(held out)) / (E D(train) - E D(G(z)))} (the same, eq. 1), and p moves by 0.1 at
   * most at a time.
   *
   * @param target of r, in (0, 1)
   * @param interval generator steps between two moves, at least 1
   * @param adjustment how many images move p by 1, at least 1
   * @param most the greatest p, in (0, 1]
   */
  record Adaptive(double target, int interval, long adjustment, double most)
      implements AugmentationControl {
    /** As published but for the bound, for runs over millions of images. */
    public static final Adaptive PUBLISHED = new Adaptive(0.6, 4, 500_000, 0.8);

    /** Passes over the data that move p by 1 where that is less than what was published. */
    private static final long PASSES = 5;

    /** Checks the ranges. */
    public Adaptive {
      boolean fits =
          target > 0 && target < 1 && interval >= 1 && adjustment >= 1 && most > 0 && most <= 1;
      if (!fits) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "adaptive augmentation needs a target in (0, 1), an interval and an adjustment of"
                    + " at least 1 and a greatest probability in (0, 1], found %s, %d, %d and %s",
                target,
                interval,
                adjustment,
                most));
      }
    }

    /**
     * For a critic, whose overfitting is measured: every 100 steps, as that costs some batches,
     * with a target of 0.3, half of what counts as overfitting when a generator is evaluated.
     */
    public Adaptive ofCritic() {
      return new Adaptive(0.3, 100, adjustment, most);
    }

    /**
     * Quick enough for a run on so many images: five passes over them move p by 1, and never more
     * images than before.
     */
    public Adaptive forExamples(long count) {
      return new Adaptive(target, interval, Math.min(adjustment, PASSES * count), most);
    }
  }
}
