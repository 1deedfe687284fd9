package org.samegan.core.gan;

import org.samegan.core.augmentation.AugmentationPolicy;

/**
 * What a recipe does about too few examples, which a discriminator would learn by heart.
 *
 * @param augmentation of what the discriminator is shown
 */
public record LittleData(AugmentationPolicy augmentation) {
  /** Nothing. */
  public static final LittleData NONE = new LittleData(AugmentationPolicy.NONE);

  /** With another augmentation. */
  public LittleData withAugmentation(AugmentationPolicy other) {
    return new LittleData(other);
  }
}
