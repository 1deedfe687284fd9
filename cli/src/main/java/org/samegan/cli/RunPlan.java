package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Recipe;
import org.samegan.io.run.RunConfig;
import org.samegan.models.ImageFormat;
import org.samegan.models.PointVariant;
import org.samegan.models.Settings;
import org.samegan.models.Variant;
import org.samegan.models.Variants;

/**
 * A configuration with its variant, as far as it can be checked without the data.
 *
 * @param config with the values of all settings, and absolute paths of data and of a model that was
 *     read, so that the run can be resumed, and its record used, from any directory
 * @param variant the variant it names, or the model in the file that it names
 */
record RunPlan(RunConfig config, Variant variant) {
  /**
   * Checks a configuration.
   *
   * @throws IllegalArgumentException for an unknown variant or setting, a value that is not
   *     allowed, an image size that the variant has no architecture for, or data of points with
   *     options of images or a variant that can't be trained on points
   * @throws IOException if the variant is a file that can't be read
   */
  static RunPlan of(RunConfig config) throws IOException {
    String variant = config.variant();
    return ModelFile.isNamedBy(variant)
        ? of(config.withVariant(absolute(variant)), ModelFile.read(Path.of(variant)))
        : of(config, Variants.named(variant));
  }

  /**
   * The same with the variant at hand.
   *
   * @throws IllegalArgumentException as above
   */
  static RunPlan of(RunConfig config, Variant variant) throws IOException {
    if (TrainingPoints.isAt(config.data())) {
      requireNoPixels(config);
      TrainingPoints.at(config.data());
      Settings settings = onPoints(variant).settings(config.settings());
      return new RunPlan(withAbsolutePaths(config).withSettings(settings.values()), variant);
    }
    Settings settings = new Settings(variant.name(), variant.settings(), config.settings());
    if (config.imageSize() != null) {
      requireSize(variant, config.imageSize());
    }
    return new RunPlan(withAbsolutePaths(config).withSettings(settings.values()), variant);
  }

  private static RunConfig withAbsolutePaths(RunConfig config) {
    return config.withData(absolute(config.data())).withHeldOut(absolute(config.heldOut()));
  }

  private static String absolute(String place) {
    return place == null || TrainingPoints.isAt(place)
        ? place
        : Path.of(place).toAbsolutePath().normalize().toString();
  }

  private static void requireNoPixels(RunConfig config) {
    if (config.imageSize() != null || config.channels() != null) {
      throw new IllegalArgumentException(
          String.format(
              "%s: %s holds points of the plane, which have no pixels; leave the option out",
              config.imageSize() != null ? "--image-size" : "--channels", config.data()));
    }
  }

  private static PointVariant onPoints(Variant variant) {
    return variant
        .onPoints()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "%s makes images, as its networks are part of it; the variants that can be"
                            + " trained on points are %s",
                        variant.name(),
                        Variants.all().stream()
                            .filter(other -> other.onPoints().isPresent())
                            .map(Variant::name)
                            .collect(Collectors.joining(", ")))));
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
    return withOverrides(variant.gan(images, config.settings()));
  }

  /** The GAN for points of the plane. */
  Gan ganOfPoints() {
    return withOverrides(onPoints(variant).gan(config.settings()));
  }

  private Gan withOverrides(Gan gan) {
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
