package org.samegan.core.gan;

import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.objective.LeCam;
import org.samegan.core.schedule.Schedule;

/**
 * What a recipe does about too few examples, which a discriminator would learn by heart.
 *
 * @param augmentation of what the discriminator is shown
 * @param leCam a penalty for a discriminator that is too sure
 * @param transition how much of the label both networks are given, and of the losses of reading it
 *     back counts: t in [0, 1]. Labels alone can make training on few images collapse, and a run
 *     that begins without them doesn't (Shahbazi et al. 2022, arXiv:2201.06578). Samples are always
 *     drawn with t = 1
 */
public record LittleData(AugmentationPolicy augmentation, LeCam leCam, Schedule transition) {
  /** Labels from the first step on. */
  public static final Schedule NO_TRANSITION = Schedule.constant(1);

  /** Nothing. */
  public static final LittleData NONE =
      new LittleData(AugmentationPolicy.NONE, LeCam.NONE, NO_TRANSITION);

  /** Checks the transition's range. */
  public LittleData {
    if (!transition.bounds().stream().allMatch(value -> value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "how much of the labels is given must be in [0, 1], found " + transition.text());
    }
  }

  /** With another augmentation. */
  public LittleData withAugmentation(AugmentationPolicy other) {
    return new LittleData(other, leCam, transition);
  }

  /** With another penalty. */
  public LittleData withLeCam(LeCam other) {
    return new LittleData(augmentation, other, transition);
  }

  /** With another transition. */
  public LittleData withTransition(Schedule other) {
    return new LittleData(augmentation, leCam, other);
  }

  /** The same with schedules over numbers of steps, see {@link Schedule#over}. */
  public LittleData over(long run) {
    return new LittleData(augmentation, leCam.over(run), transition.over(run));
  }

  /** Whether labels come in as training goes on. */
  public boolean hasTransition() {
    return !transition.equals(NO_TRANSITION);
  }

  /**
   * Checks that a GAN without labels has no transition to them.
   *
   * @throws IllegalArgumentException if it has
   */
  void requireFit(Latent latent) {
    if (hasTransition() && latent.label().isEmpty()) {
      throw new IllegalArgumentException(
          "a transition brings labels in, but the model has none; leave the transition out, or"
              + " choose a variant that learns from labels, such as cgan");
    }
  }
}
