package org.samegan.models;

import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Maxout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The original GAN of fully connected layers (Goodfellow et al. 2014, arXiv:1406.2661), with the
 * architecture of the authors' MNIST experiment: a generator of two ReLU layers of 1200 and sigmoid
 * outputs; a discriminator of two maxout layers of 240 units with 5 pieces, with dropout. The
 * alternative {@code mlp} has ReLU layers of 512 and 256 in both, and tanh outputs.
 *
 * <p>How it starts and is trained differs from the authors': with their initial weights of the
 * generator, U(-0.05, 0.05), on latents from U(-1, 1) the latent moves a pixel's logit by 0.08
 * only. All images then get the same gradient, and the sigmoids saturate at one image within 200
 * steps before the latent counts; momentum and a generator that learns as fast as the discriminator
 * take it there as well. So weights are He's, latents standard normal, and Adam has no momentum and
 * a discriminator's rate four times the generator's (Heusel et al. 2017, arXiv:1706.08500). {@code
 * --set optimizer=sgd} gives plain momentum.
 */
public final class OriginalGan implements RecipeVariant {
  private static final Setting.Choice ARCHITECTURE =
      new Setting.Choice(
          "arch",
          "maxout",
          List.of("maxout", "mlp"),
          "the authors' maxout discriminator, or a plain ReLU MLP");
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 100, 1, Integer.MAX_VALUE, "length of the latent vector");
  private static final TrainingSettings ON_IMAGES =
      new TrainingSettings("adam", 1e-4, 4e-4, 0, 0.999);
  private static final TrainingSettings ON_POINTS = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "gan";
  }

  @Override
  public String summary() {
    return "the original GAN of fully connected layers (Goodfellow et al. 2014, arXiv:1406.2661)";
  }

  @Override
  public List<Integer> sizes() {
    return List.of();
  }

  @Override
  public List<Setting<?>> networkSettings() {
    return List.of(ARCHITECTURE, LATENT);
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return (kind == ExampleKind.IMAGES ? ON_IMAGES : ON_POINTS).withLossAfter();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return ON_IMAGES.recipe(settings);
  }

  @Override
  public Gan imageGan(ExampleForm images, Settings settings) {
    boolean mlp = settings.get(ARCHITECTURE).equals("mlp");
    int latent = settings.count(LATENT);
    return new Gan(
        name(),
        Latent.normal(latent),
        mlp ? mlpGenerator(latent, images.shape()) : generator(latent, images.shape()),
        mlp ? mlpDiscriminator(images.shape()) : discriminator(images.shape()),
        null,
        recipe(settings),
        mlp ? PixelRange.SIGNED_UNIT : PixelRange.UNIT);
  }

  private static Network generator(int latent, Shape image) {
    Initializer weights = new Initializer.HeNormal();
    return Network.of(
        Shape.of(latent),
        new Dense(1200).withInitializer(weights),
        new Activation.Relu(),
        new Dense(1200).withInitializer(weights),
        new Activation.Relu(),
        new Dense(image.elements()).withInitializer(weights),
        new Activation.Sigmoid(),
        new Reshape(image));
  }

  private static Network discriminator(Shape image) {
    Initializer weights = new Initializer.Uniform(0.005);
    return Network.of(
        image,
        Reshape.to(image.elements()),
        new Dropout(0.8),
        new Maxout(240, 5, weights),
        new Dropout(0.5),
        new Maxout(240, 5, weights),
        new Dropout(0.5),
        new Dense(1).withInitializer(weights));
  }

  private static Network mlpGenerator(int latent, Shape image) {
    return Network.of(
        Shape.of(latent),
        new Dense(256).withInitializer(new Initializer.HeNormal()),
        new Activation.Relu(),
        new Dense(512).withInitializer(new Initializer.HeNormal()),
        new Activation.Relu(),
        new Dense(image.elements()),
        new Activation.Tanh(),
        new Reshape(image));
  }

  private static Network mlpDiscriminator(Shape image) {
    return Network.of(
        image,
        Reshape.to(image.elements()),
        new Dense(512).withInitializer(new Initializer.HeNormal()),
        new Activation.LeakyRelu(0.2),
        new Dense(256).withInitializer(new Initializer.HeNormal()),
        new Activation.LeakyRelu(0.2),
        new Dense(1));
  }
}
