package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The Wasserstein GAN with a gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028): weight 10,
 * five critic steps for each generator step, Adam (1e-4, 0.5, 0.9) as in appendix E (algorithm 1
 * has a beta1 of 0), no batch normalisation in the critic; and with the one-sided penalty, WGAN-LP
 * (Petzka et al. 2018, arXiv:1709.08894), on the same networks.
 *
 * <p>The networks are those of the authors' code (github.com/igul222/improved_wgan_training), with
 * its initial weights: of {@code arch=dcgan} those of {@code gan_mnist.py} at 28 pixels, of {@code
 * gan_cifar.py} at 32, and of {@code gan_64x64.py} at 64; 128 pixels are 64 with one stage more. Of
 * {@code arch=resnet} they are that script's residual networks, at every size. The code was written
 * for RGB at 32 and 64 pixels; here all are for gray too.
 *
 * <p>What differs: samples are made with running statistics of the generator's batch normalisation,
 * where the authors' code always takes the batch's own. {@code gan_cifar.py} has a width of 128 and
 * says that 64 is better; here it is 64 everywhere.
 *
 * <p>{@code generator.norm}: whether the generator of {@code arch=dcgan} is normalised before each
 * ReLU. The authors' is for photographs, and not for MNIST. Without it a generator of 128 pixels
 * can saturate in its first steps, where most pixels are white or black, and never learn again.
 */
public final class WganGp implements RecipeVariant {
  private static final Setting.Choice ARCHITECTURE =
      new Setting.Choice(
          "arch", "dcgan", List.of("dcgan", "resnet"), "strided convolutions, or residual blocks");
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 128, 1, Integer.MAX_VALUE, "length of the latent vector");
  private static final Setting.Choice NORMALISATION =
      new Setting.Choice(
          "generator.norm",
          "authors",
          List.of("authors", "none", "batch"),
          "normalisation in the generator of arch=dcgan; authors: none at 28 pixels, batch at 32"
              + " and above");
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
    if (settings.get(ARCHITECTURE).equals("resnet")) {
      return gan(
          latent,
          ResNetworks.generator(latent, width, images),
          ResNetworks.critic(width, images),
          settings,
          PixelRange.SIGNED_UNIT);
    }
    WganGpNetworks networks = new WganGpNetworks(images, width);
    boolean normalised =
        switch (settings.get(NORMALISATION)) {
          case "none" -> false;
          case "batch" -> true;
          default -> networks.normalisesGenerator();
        };
    return gan(
        latent,
        networks.generator(latent, normalised),
        networks.critic(),
        settings,
        networks.pixelRange());
  }

  private Gan gan(
      int latent, Network generator, Network critic, Settings settings, PixelRange range) {
    return new Gan(name(), Latent.normal(latent), generator, critic, null, recipe(settings), range);
  }
}
