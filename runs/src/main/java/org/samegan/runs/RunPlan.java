package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.LeCam;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Settings;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.models.Variant;
import org.samegan.models.Variants;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.evaluation.FeatureNetwork;

/**
 * A configuration with its variant, as far as it can be checked without the data.
 *
 * @param config with the values of all settings, the number of shards, and absolute paths of data
 *     and of a model that was read, so that the run can be resumed, and its record used, from any
 *     directory
 * @param variant the variant it names, or the model in the file that it names
 * @param data where the data is
 * @param augmentation of what the discriminator is shown
 */
record RunPlan(RunConfig config, Variant variant, DataPlace data, AugmentationChoice augmentation) {
  /**
   * Checks a configuration.
   *
   * @throws IllegalArgumentException if it names no variant or no data, for an unknown variant or
   *     setting, a value that is not allowed, an image size that the variant has no architecture
   *     for, or data that the variant or the options don't fit
   * @throws IOException if the variant is a file that can't be read
   */
  static RunPlan of(RunConfig config) throws IOException {
    requireSaid(config, RunOptions.VARIANT);
    String name = config.get(RunOptions.VARIANT);
    if (!ModelFile.isNamedBy(name)) {
      return of(config, Variants.named(name));
    }
    Path file = Path.of(name);
    String absolute = file.toAbsolutePath().normalize().toString();
    return of(config.with(RunOptions.VARIANT, absolute), ModelFile.read(file));
  }

  /**
   * The same with the variant at hand.
   *
   * @throws IllegalArgumentException as above
   */
  static RunPlan of(RunConfig config, Variant variant) {
    requireSaid(config, RunOptions.DATA);
    DataPlace data = DataPlace.of(config.get(RunOptions.DATA));
    data.requireFitting(config);
    Steering.requireSound(config, data.kind());
    String transition = config.get(RunOptions.TRANSITION);
    if (transition != null) {
      LabelTransition.parse(transition);
    }
    Settings settings = variant.settings(data.kind(), config.settings());
    Long size = config.get(RunOptions.IMAGE_SIZE);
    if (size != null) {
      variant.requireSize(Math.toIntExact(size));
    }
    long shards = config.sharding().shards();
    String heldOut = config.get(RunOptions.HELD_OUT);
    String features = config.get(RunOptions.FEATURES);
    RunConfig complete =
        config
            .with(RunOptions.DATA, data.absolute())
            .with(RunOptions.SHARDS, shards)
            .with(RunOptions.HELD_OUT, heldOut == null ? null : DataPlace.of(heldOut).absolute())
            .with(RunOptions.FEATURES, features == null ? null : FeatureNetwork.absolute(features))
            .withSettings(settings.values());
    return new RunPlan(complete, variant, data, AugmentationChoice.of(config));
  }

  /** Whether a configuration's variant and settings make the networks of a model. */
  static boolean makes(RunConfig config, Gan model) {
    String name = config.get(RunOptions.VARIANT);
    if (name == null) {
      return false;
    }
    ExampleForm form =
        new ExampleForm(
            model.exampleShape(),
            model.latent().label().map(Latent.Label::classes).orElse(Classes.NONE));
    try {
      Variant variant = Variants.named(name);
      variant.requireSupport(form);
      Settings settings = variant.settings(form.kind(), config.settings());
      return variant.gan(form, settings).hasNetworksOf(model);
    } catch (IllegalArgumentException e) {
      // A variant that this version doesn't have, or a setting or size that its variant hasn't.
      return false;
    }
  }

  private static void requireSaid(RunConfig config, RunOption<?> option) {
    if (config.get(option) == null) {
      throw new IllegalArgumentException(
          "the option " + option.key() + " is missing: say it, also in a configuration file");
    }
  }

  /**
   * The GAN for examples of a form, perhaps with schedules over shares of the run.
   *
   * @throws IllegalArgumentException if the variant has no architecture for it, with what it has
   */
  Gan gan(ExampleForm form) {
    return gan(form, 1);
  }

  /**
   * The same once it is known how many examples there are, which decides some numbers of the
   * recipe.
   */
  Gan gan(ExampleForm form, long examples) {
    Gan gan = variant.gan(form, config.settings());
    Recipe recipe = gan.recipe();
    Long steps = config.get(RunOptions.D_STEPS);
    if (steps != null) {
      recipe =
          recipe.withDiscriminatorSteps(
              recipe.discriminatorSteps().withUsual(Math.toIntExact(steps)));
    }
    Schedule ema = config.get(RunOptions.EMA);
    if (ema != null) {
      recipe = recipe.withGeneratorAverage(ema);
    }
    Double leCam = config.get(RunOptions.LECAM);
    if (leCam != null) {
      recipe = recipe.withLittleData(recipe.littleData().withLeCam(LeCam.of(leCam)));
    }
    String transition = config.get(RunOptions.TRANSITION);
    if (transition != null) {
      Schedule labels = LabelTransition.parse(transition);
      recipe = recipe.withLittleData(recipe.littleData().withTransition(labels));
    }
    return gan.withRecipe(augmentation.in(recipe, form, examples));
  }
}
