package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The auxiliary classifier GAN (Odena et al. 2017, arXiv:1610.09585): the generator is given the
 * label behind its noise, the discriminator is not, but tells it from the image. An auxiliary
 * classifier on the discriminator's features is trained on real and on generated images, and the
 * generator to be classified as it was told (section 3: the discriminator maximises L_S + L_C, the
 * generator L_C - L_S).
 *
 * <p>Adam (2e-4, 0.5, 0.999), the slope 0.2, weights from N(0, 0.02²) and the weight 1 of L_C are
 * the paper's. The networks are DCGAN's: the paper's discriminator has dropout, and stride 1 in
 * every second layer. Generated images' labels are drawn uniformly.
 */
public final class Acgan implements OnDcganNetworks {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);
  private static final Setting.Real WEIGHT =
      Setting.Real.positive(
          "classification.weight", 1, "weight of the cross-entropy of the labels");

  @Override
  public String name() {
    return "acgan";
  }

  @Override
  public String summary() {
    return "GAN with an auxiliary classifier of the data's labels (Odena et al. 2017,"
        + " arXiv:1610.09585)";
  }

  /** Points of the plane have no labels. */
  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.withLossAfter(WEIGHT);
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING.recipe(settings);
  }

  @Override
  public Latent latent(ExampleForm images, Settings settings) {
    return OnDcganNetworks.super.latent(images, settings).with(Labels.of(images, name()));
  }

  /**
   * On all features: of DCGAN's layers only the last two, a product and a reshape, aren't shared.
   */
  @Override
  public Recognition recognition(Network discriminator, ExampleForm images, Settings settings) {
    int classes = Labels.of(images, name()).size();
    int shared = discriminator.layers().size() - 2;
    Shape features = discriminator.outputShapes().get(shared - 1);
    Network network =
        Network.of(
            features,
            Reshape.to(features.elements()),
            new Dense(classes).withInitializer(DcganNetworks.WEIGHTS));
    return new Recognition(shared, network, settings.get(WEIGHT), 0);
  }
}
