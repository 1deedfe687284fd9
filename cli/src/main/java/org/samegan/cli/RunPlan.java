package org.samegan.cli;

import java.nio.file.Path;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Recipe;
import org.samegan.io.run.RunConfig;
import org.samegan.models.ImageFormat;
import org.samegan.models.Settings;
import org.samegan.models.Variant;
import org.samegan.models.Variants;

/**
 * A configuration with its variant, as far as it can be checked without the data.
 *
 * @param config with the values of all settings, and the data's absolute path, so that the run can
 *     be resumed from any directory
 * @param variant the variant it names
 */
record RunPlan(RunConfig config, Variant variant) {
  /**
   * Checks a configuration.
   *
   * @throws IllegalArgumentException for an unknown variant or setting, a value that is not
   *     allowed, or an image size that the variant has no architecture for
   */
  static RunPlan of(RunConfig config) {
    Variant variant = Variants.named(config.variant());
    Settings settings = new Settings(variant.name(), variant.settings(), config.settings());
    if (config.imageSize() != null) {
      requireSize(variant, config.imageSize());
    }
    String data = Path.of(config.data()).toAbsolutePath().normalize().toString();
    return new RunPlan(config.withData(data).withSettings(settings.values()), variant);
  }

  private static void requireSize(Variant variant, int size) {
    if (!variant.supports(size)) {
      throw new IllegalArgumentException(
          String.format(
              "--image-size: %s has no architecture for %dx%d images; its sizes are %s",
              variant.name(), size, size, VariantsCommand.sizes(variant)));
    }
  }

  /**
   * The GAN for these images.
   *
   * @throws IllegalArgumentException if the variant has no architecture for them, with its sizes
   */
  Gan gan(ImageFormat images) {
    if (!variant.supports(images.size())) {
      throw new IllegalArgumentException(
          String.format(
              "the images are %dx%d, and %s has no architecture for that; choose --image-size"
                  + " from %s",
              images.size(), images.size(), variant.name(), VariantsCommand.sizes(variant)));
    }
    Gan gan = variant.gan(images, config.settings());
    Recipe recipe = gan.recipe();
    if (config.dSteps() != null) {
      recipe =
          recipe.withDiscriminatorSteps(recipe.discriminatorSteps().withUsual(config.dSteps()));
    }
    if (config.ema() != null) {
      recipe = recipe.withGeneratorAverage(config.ema());
    }
    return gan.withRecipe(recipe);
  }
}
