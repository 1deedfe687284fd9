package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The Wasserstein GAN with a gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028): weight 10,
 * five critic steps for each generator step, Adam (1e-4, 0.5, 0.9) as in appendix E (algorithm 1
 * has a beta1 of 0), no normalisation in the critic; and with the one-sided penalty, WGAN-LP
 * (Petzka et al. 2018, arXiv:1709.08894).
 *
 * <p>The networks of {@code arch=dcgan} are those of the authors' code: 5x5 kernels with stride 2
 * and TensorFlow's SAME padding, biases and no normalisation. From 4x4 with {@code width * size /
 * 8} channels each stage doubles the size and halves the channels, so that 128 pixels have a first
 * layer twice as wide as 64 and one stage more. 28 pixels are the 32-pixel networks cropped to 7x7
 * after the first stage.
 *
 * <p>{@code generator.norm=batch} normalises before each ReLU of that generator, as the authors'
 * code does for photographs. Where most pixels are white or black, as in drawings of 128 pixels,
 * the plain generator's sigmoid can saturate everywhere in its first steps and never learn again;
 * with normalisation it does not.
 */
public final class WganGp implements RecipeVariant {
  private static final Initializer WEIGHTS = new Initializer.HeNormal();
  private static final Setting.Choice ARCHITECTURE =
      new Setting.Choice(
          "arch",
          "dcgan",
          List.of("dcgan", "resnet"),
          "strided convolutions, or residual blocks with layer normalisation in the critic");
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 128, 1, Integer.MAX_VALUE, "length of the latent vector");
  private static final Setting.Choice NORMALISATION =
      new Setting.Choice(
          "generator.norm",
          "none",
          List.of("none", "batch"),
          "normalisation in the generator of arch=dcgan");
  private static final Setting.Scheduled WEIGHT = weight(10);
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 1e-4, 0.5, 0.9);

  private final boolean oneSided;

  /**
   * One of the two.
   *
   * @param oneSided whether gradients of norm below 1 cost nothing
   */
  WganGp(boolean oneSided) {
    this.oneSided = oneSided;
  }

  @Override
  public String name() {
    return oneSided ? "wgan-lp" : "wgan-gp";
  }

  @Override
  public String summary() {
    return oneSided
        ? "Wasserstein GAN with a one-sided gradient penalty (Petzka et al. 2018, arXiv:1709.08894)"
        : "Wasserstein GAN with a gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028)";
  }

  @Override
  public List<Integer> sizes() {
    return DcganNetworks.SIZES;
  }

  @Override
  public List<Setting<?>> networkSettings() {
    return List.of(ARCHITECTURE, LATENT, DcganNetworks.WIDTH, NORMALISATION);
  }

  /** For points with the weight 0.1 of the authors' {@code gan_toy.py}. */
  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after(kind == ExampleKind.POINTS ? weight(0.1) : WEIGHT);
  }

  private static Setting.Scheduled weight(double defaultValue) {
    return Setting.Scheduled.positive(
        "penalty.weight", defaultValue, "weight of the gradient penalty (lambda)");
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING
        .recipe(new Objective.Wasserstein(), settings)
        .withPenalties(new GradientPenalty(Points.BETWEEN, settings.get(WEIGHT), 1, oneSided))
        .withDiscriminatorSteps(5);
  }

  @Override
  public Gan imageGan(ExampleForm images, Settings settings) {
    int latent = settings.count(LATENT);
    int width = settings.count(DcganNetworks.WIDTH);
    boolean residual = settings.get(ARCHITECTURE).equals("resnet");
    return new Gan(
        name(),
        Latent.normal(latent),
        residual
            ? ResNetworks.generator(latent, width, images)
            : generator(latent, width, images, settings.get(NORMALISATION).equals("batch")),
        residual ? ResNetworks.critic(width, images) : critic(width, images),
        null,
        recipe(settings),
        residual ? PixelRange.SIGNED_UNIT : PixelRange.UNIT);
  }

  private static Network generator(int latent, int width, ExampleForm images, boolean normalised) {
    int full = images.size() == 28 ? 32 : images.size();
    int channels = width * full / 8;
    List<Layer> layers = new ArrayList<>();
    layers.add(new Dense(4 * 4 * channels).withInitializer(WEIGHTS));
    layers.add(Reshape.to(4, 4, channels));
    for (int size = 8; size <= full; size *= 2) {
      if (normalised) {
        layers.add(new BatchNorm());
      }
      layers.add(new Activation.Relu());
      channels /= 2;
      int out = size == full ? images.channels() : channels;
      layers.add(new ConvTranspose2d(out, 5, 2, Padding.SAME).withInitializer(WEIGHTS));
      if (size == 8 && images.size() == 28) {
        layers.add(new Crop(7, 7));
      }
    }
    layers.add(new Activation.Sigmoid());
    return new Network(Shape.of(latent), layers);
  }

  private static Network critic(int width, ExampleForm images) {
    List<Layer> layers = new ArrayList<>();
    int channels = width;
    int size = images.size();
    while (size > 4) {
      layers.add(new Conv2d(channels, 5, 2, Padding.SAME).withInitializer(WEIGHTS));
      layers.add(new Activation.LeakyRelu(0.2));
      channels *= 2;
      size = (size + 1) / 2;
    }
    layers.add(Reshape.to(4 * 4 * channels / 2));
    layers.add(new Dense(1));
    return new Network(images.shape(), layers);
  }
}
