package org.samegan.runs;

import java.util.Locale;
import java.util.Optional;
import org.samegan.core.augmentation.AugmentationControl;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.augmentation.Transformation;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/**
 * What the option augment makes of a recipe.
 *
 * @param asked its value; null if nothing was said
 */
record AugmentationChoice(String asked) {
  /**
   * With more images augmentation costs more than it gives (Zhao et al. 2020, arXiv:2006.10738,
   * table 4: FFHQ at 30,000 and 70,000 images).
   */
  private static final long MANY_IMAGES = 30_000;

  private static final String AUTO = "auto";

  /**
   * Of a configuration.
   *
   * @throws IllegalArgumentException if there is no such augmentation
   */
  static AugmentationChoice of(RunConfig config) {
    AugmentationChoice choice = new AugmentationChoice(config.get(RunOptions.AUGMENT));
    if (choice.asked != null && !choice.isLeftToData()) {
      try {
        AugmentationPolicy.parse(choice.asked);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the option %s: %s; %s lets the number of images decide",
                RunOptions.AUGMENT.key(),
                e.getMessage(),
                AUTO),
            e);
      }
    }
    return choice;
  }

  private boolean isLeftToData() {
    return AUTO.equalsIgnoreCase(asked);
  }

  /**
   * A recipe with what was asked for.
   *
   * @param count how many examples there are
   */
  Recipe in(Recipe recipe, ExampleForm form, long count) {
    if (asked == null) {
      return recipe;
    }
    if (isLeftToData()) {
      boolean few = form.kind() == ExampleKind.IMAGES && count < MANY_IMAGES;
      return recipe.withAugmentation(few ? AugmentationPolicy.usual() : AugmentationPolicy.NONE);
    }
    AugmentationPolicy policy = AugmentationPolicy.parse(asked);
    if (!(policy.control() instanceof AugmentationControl.Adaptive adaptive)) {
      return recipe.withAugmentation(policy);
    }
    AugmentationControl.Adaptive suited =
        recipe.objective().estimatesDistance() ? adaptive.ofCritic() : adaptive;
    return recipe.withAugmentation(
        new AugmentationPolicy(policy.transformations(), suited.forExamples(count)));
  }

  /**
   * Makes sure that an adaptive augmentation has something to go by.
   *
   * @throws IllegalArgumentException if not, with what to do
   */
  static void requireHeldOut(Gan gan, boolean heldOut) {
    Recipe recipe = gan.recipe();
    if (!heldOut
        && recipe.littleData().augmentation().adapts()
        && recipe.objective().estimatesDistance()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option augment: %s gives no logits whose signs ada could go by, and there is no"
                  + " held-out data to measure overfitting on; name some with the option held-out, or"
                  + " name transformations without ada",
              gan.variant()));
    }
  }

  /** What users should know of what was chosen; empty if there is nothing. */
  Optional<String> notice(AugmentationPolicy chosen, ExampleForm form, long count) {
    if (isLeftToData()) {
      String why =
          form.kind() == ExampleKind.IMAGES
              ? String.format(
                  Locale.ROOT,
                  "%,d images are %s than %,d",
                  count,
                  chosen.enabled() ? "fewer" : "not fewer",
                  MANY_IMAGES)
              : "points can't be augmented";
      return Optional.of("augment is " + chosen.text() + ", since " + why);
    }
    boolean mirrors =
        chosen.transformations().stream().anyMatch(Transformation.Mirror.class::isInstance);
    return mirrors
        ? Optional.of(
            "mirror shows half of the images left to right: letters and digits get another meaning,"
                + " or none; leave it out unless mirrored images could be among the data")
        : Optional.empty();
  }
}
