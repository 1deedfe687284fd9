package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Network;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The conditional GAN (Mirza and Osindero 2014, arXiv:1411.1784): generator and discriminator are
 * both given the label. The generator's input is noise with the one-hot label behind it; the
 * discriminator's is the image with one more channel for each class, of ones for the image's own
 * class and of zeros for the others, as usual where the discriminator is convolutional.
 *
 * <p>The game is the original one. Networks, Adam (2e-4, 0.5, 0.999) and normal noise are DCGAN's:
 * the paper's MNIST networks are perceptrons with maxout and dropout, trained by SGD on noise
 * uniform on the unit cube (section 4.1). Generated images' labels are drawn uniformly.
 */
public final class Cgan implements OnDcganNetworks {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "cgan";
  }

  @Override
  public String summary() {
    return "GAN conditioned on the data's labels (Mirza and Osindero 2014, arXiv:1411.1784)";
  }

  /** Points of the plane have no labels. */
  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.withLossAfter();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING.recipe(settings);
  }

  @Override
  public Latent latent(ExampleForm images, Settings settings) {
    return OnDcganNetworks.super.latent(images, settings).with(Labels.of(images, name()));
  }

  @Override
  public Network discriminator(int width, ExampleForm images, Recipe recipe) {
    Network ofImages = OnDcganNetworks.super.discriminator(width, images, recipe);
    Latent.Label label = Labels.of(images, name());
    return new Network(label.appendedTo(images.shape()), ofImages.layers());
  }
}
