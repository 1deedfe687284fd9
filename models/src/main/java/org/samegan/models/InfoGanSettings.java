package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The settings that variants with InfoGAN's networks share, and the GAN that they make.
 *
 * @param noiseRange the default of {@code noise.range}
 * @param slope the default slope of the leaky ReLU
 * @param sigma the default of {@code continuous.sigma}
 * @param continuousWeight the default weight of the continuous codes
 */
record InfoGanSettings(double noiseRange, double slope, String sigma, double continuousWeight) {
  private static final Setting.Whole NOISE =
      new Setting.Whole("noise", 62, 1, Integer.MAX_VALUE, "length of the noise");
  private static final Setting.Whole CONTINUOUS =
      new Setting.Whole("continuous", 2, 1, 10_000, "number of continuous codes");
  private static final Setting.Real RANGE =
      Setting.Real.positive("continuous.range", 1, "r, for continuous codes from U(-r, r)");
  private static final Setting.Real CATEGORICAL_WEIGHT =
      Setting.Real.positive("categorical.weight", 1, "weight of the categorical code's loss");
  private static final Setting.Scheduled GENERATOR_RATE =
      Setting.Scheduled.positive("generator.learning-rate", 1e-3, "the generator's learning rate");
  private static final Setting.Scheduled DISCRIMINATOR_RATE =
      Setting.Scheduled.positive(
          "discriminator.learning-rate",
          2e-4,
          "the discriminator's and the recognition network's learning rate");

  private Setting.Real noiseRangeSetting() {
    return Setting.Real.positive("noise.range", noiseRange, "r, for noise from U(-r, r)");
  }

  private Setting.Choice sigmaSetting() {
    return new Setting.Choice(
        "continuous.sigma",
        sigma,
        List.of("learned", "fixed"),
        "deviation of the continuous codes as Q reads them: learned, or fixed at 1");
  }

  private Setting.Real continuousWeightSetting() {
    return Setting.Real.positive(
        "continuous.weight", continuousWeight, "weight of the continuous codes' loss");
  }

  private Setting.Real slopeSetting() {
    return Setting.Real.fraction("slope", slope, "slope of the leaky ReLU");
  }

  /**
   * All of them.
   *
   * @param ofCode a variant's own settings of its categorical code
   */
  List<Setting<?>> with(Setting<?>... ofCode) {
    List<Setting<?>> all = new ArrayList<>(List.of(NOISE, noiseRangeSetting()));
    all.addAll(List.of(ofCode));
    all.addAll(
        List.of(
            CONTINUOUS,
            RANGE,
            sigmaSetting(),
            CATEGORICAL_WEIGHT,
            continuousWeightSetting(),
            slopeSetting(),
            GENERATOR_RATE,
            DISCRIMINATOR_RATE));
    return all;
  }

  /**
   * The GAN.
   *
   * @param variant its name
   * @param code what the images' classes go by: a categorical code, or a label
   * @param fewLabels how a label is learnt; null for a code
   */
  Gan gan(
      String variant,
      InfoGanNetworks networks,
      ExampleForm images,
      Settings settings,
      Latent.Part code,
      FewLabels fewLabels) {
    double noise = settings.get(noiseRangeSetting());
    double range = settings.get(RANGE);
    Latent latent =
        new Latent(
            List.of(
                new Latent.Noise(settings.count(NOISE), new Distribution.Uniform(-noise, noise)),
                code,
                new Latent.Continuous(
                    settings.count(CONTINUOUS),
                    new Distribution.Uniform(-range, range),
                    settings.get(sigmaSetting()).equals("learned"))));
    Activation leaky = new Activation.LeakyRelu(settings.get(slopeSetting()));
    Network discriminator = networks.discriminator(images, leaky);
    return new Gan(
        variant,
        latent,
        networks.generator(latent.size(), images),
        discriminator,
        new Recognition(
            discriminator.layers().size() - 1,
            networks.recognition(discriminator, latent.recognitionSize(), leaky),
            settings.get(CATEGORICAL_WEIGHT),
            settings.get(continuousWeightSetting()),
            fewLabels),
        Recipe.of(new Objective.NonSaturating())
            .withOptimizers(
                adam(settings.get(GENERATOR_RATE)), adam(settings.get(DISCRIMINATOR_RATE))),
        InfoGanNetworks.pixelRange(images));
  }

  private static Adam adam(Schedule rate) {
    return new Adam(rate, 0.5, Schedule.constant(0.999), 1e-8);
  }
}
