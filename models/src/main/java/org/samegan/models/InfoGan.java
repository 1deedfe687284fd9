package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * InfoGAN for MNIST (Chen et al. 2016, arXiv:1606.03657, appendix C.1): noise of 62 from U(-1, 1)
 * as in the authors' code, a categorical code of 10 and two continuous codes, which a recognition
 * network reads back from the image. Adam with rate 2e-4 for the discriminator and the recognition
 * network, 1e-3 for the generator.
 *
 * <p>Where paper and authors' code differ: the paper's leaky ReLU has slope 0.1, the code's 0.01
 * ({@code slope}); the paper's Q learns the deviations of the continuous codes, the code fixes them
 * at 1 ({@code continuous.sigma}); the paper draws continuous codes from U(-1, 1) and sweeps them
 * from -2 to 2 ({@code continuous.range}).
 *
 * <p>{@code noise.range}: of the values that reach the generator's first units at the start, noise
 * from U(-1, 1) makes 93 %, the codes the rest, so noise decides what is drawn and the codes get
 * what it leaves. Noise of small variance (Mukherjee et al. 2019, arXiv:1809.03627, ClusterGAN)
 * leaves that to the codes: with 0.2 the best of three seeds finds MNIST's digits far better.
 */
public final class InfoGan implements Variant {
  private static final Setting.Whole NOISE =
      new Setting.Whole("noise", 62, 1, Integer.MAX_VALUE, "length of the noise");
  private static final Setting.Real NOISE_RANGE =
      Setting.Real.positive("noise.range", 1, "r, for noise from U(-r, r)");
  private static final Setting.Whole CLASSES =
      new Setting.Whole("categorical", 10, 2, 10_000, "classes of the categorical code");
  private static final Setting.Whole CONTINUOUS =
      new Setting.Whole("continuous", 2, 1, 10_000, "number of continuous codes");
  private static final Setting.Real RANGE =
      Setting.Real.positive("continuous.range", 1, "r, for continuous codes from U(-r, r)");
  private static final Setting.Choice SIGMA =
      new Setting.Choice(
          "continuous.sigma",
          "learned",
          List.of("learned", "fixed"),
          "deviation of the continuous codes as Q reads them: learned, or fixed at 1");
  private static final Setting.Real CATEGORICAL_WEIGHT =
      Setting.Real.positive("categorical.weight", 1, "weight of the categorical code's loss");
  private static final Setting.Real CONTINUOUS_WEIGHT =
      Setting.Real.positive("continuous.weight", 0.1, "weight of the continuous codes' loss");
  private static final Setting.Real SLOPE =
      Setting.Real.fraction("slope", 0.1, "slope of the leaky ReLU");
  private static final Setting.Scheduled GENERATOR_RATE =
      Setting.Scheduled.positive("generator.learning-rate", 1e-3, "the generator's learning rate");
  private static final Setting.Scheduled DISCRIMINATOR_RATE =
      Setting.Scheduled.positive(
          "discriminator.learning-rate",
          2e-4,
          "the discriminator's and the recognition network's learning rate");
  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);

  private final int width;

  /** With the paper's networks. */
  public InfoGan() {
    this(64);
  }

  /** With networks whose layers keep their proportions to this many channels at the image. */
  InfoGan(int width) {
    this.width = width;
  }

  @Override
  public String name() {
    return "infogan";
  }

  @Override
  public String summary() {
    return "GAN with codes that can be read back from images (Chen et al. 2016, arXiv:1606.03657)";
  }

  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Integer> sizes() {
    return List.of(28);
  }

  @Override
  public List<Setting<?>> settings(ExampleKind kind) {
    return new ArrayList<>(
        List.of(
            NOISE,
            NOISE_RANGE,
            CLASSES,
            CONTINUOUS,
            RANGE,
            SIGMA,
            CATEGORICAL_WEIGHT,
            CONTINUOUS_WEIGHT,
            SLOPE,
            GENERATOR_RATE,
            DISCRIMINATOR_RATE));
  }

  @Override
  public Gan gan(ExampleForm images, Settings settings) {
    double noise = settings.get(NOISE_RANGE);
    double range = settings.get(RANGE);
    Latent latent =
        new Latent(
            List.of(
                new Latent.Noise(settings.count(NOISE), new Distribution.Uniform(-noise, noise)),
                new Latent.Categorical(settings.count(CLASSES)),
                new Latent.Continuous(
                    settings.count(CONTINUOUS),
                    new Distribution.Uniform(-range, range),
                    settings.get(SIGMA).equals("learned"))));
    Activation leaky = new Activation.LeakyRelu(settings.get(SLOPE));
    Network discriminator = discriminator(images.shape(), leaky);
    return new Gan(
        name(),
        latent,
        generator(latent.size(), images.channels()),
        discriminator,
        new Recognition(
            discriminator.layers().size() - 1,
            recognition(latent.recognitionSize(), leaky),
            settings.get(CATEGORICAL_WEIGHT),
            settings.get(CONTINUOUS_WEIGHT)),
        Recipe.of(new Objective.NonSaturating())
            .withOptimizers(
                adam(settings.get(GENERATOR_RATE)), adam(settings.get(DISCRIMINATOR_RATE))),
        PixelRange.UNIT);
  }

  private static Adam adam(Schedule rate) {
    return new Adam(rate, 0.5, Schedule.constant(0.999), 1e-8);
  }

  private Network generator(int latent, int channels) {
    return Network.of(
        Shape.of(latent),
        new Dense(16 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        new Activation.Relu(),
        new Dense(7 * 7 * 2 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        new Activation.Relu(),
        Reshape.to(7, 7, 2 * width),
        new ConvTranspose2d(width, 4, 2, Padding.of(1)).withInitializer(WEIGHTS),
        new BatchNorm(),
        new Activation.Relu(),
        new ConvTranspose2d(channels, 4, 2, Padding.of(1)).withInitializer(WEIGHTS),
        new Activation.Sigmoid());
  }

  /** All layers but the last are the trunk that recognition shares. */
  private Network discriminator(Shape image, Activation leaky) {
    return Network.of(
        image,
        new Conv2d(width, 4, 2, Padding.of(1)).withInitializer(WEIGHTS),
        leaky,
        new Conv2d(2 * width, 4, 2, Padding.of(1)).withInitializer(WEIGHTS),
        new BatchNorm(),
        leaky,
        Reshape.to(7 * 7 * 2 * width),
        new Dense(16 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        leaky,
        new Dense(1).withInitializer(WEIGHTS));
  }

  private Network recognition(int outputs, Activation leaky) {
    return Network.of(
        Shape.of(16 * width),
        new Dense(2 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        leaky,
        new Dense(outputs).withInitializer(WEIGHTS));
  }
}
