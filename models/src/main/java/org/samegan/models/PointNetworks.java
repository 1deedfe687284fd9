package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * Fully connected networks for points: those of {@code gan_toy.py}, the script of Gulrajani et al.
 * 2017 (arXiv:1704.00028). Both have three hidden layers of 512 ReLU units, the generator from two
 * standard normal values; outputs are linear, and nothing is normalised.
 */
final class PointNetworks {
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 2, 1, Integer.MAX_VALUE, "length of the latent vector");
  private static final Setting.Whole WIDTH =
      new Setting.Whole("width", 512, 1, 65_536, "units of each of the three hidden layers");
  private static final int HIDDEN_LAYERS = 3;

  static final List<Setting<?>> SETTINGS = List.of(LATENT, WIDTH);

  private PointNetworks() {}

  /** The GAN of a recipe on these networks. */
  static Gan gan(String variant, ExampleForm points, Settings settings, Recipe recipe) {
    int latent = settings.count(LATENT);
    int width = settings.count(WIDTH);
    return new Gan(
        variant,
        Latent.normal(latent),
        network(Shape.of(latent), width, points.shape().elements()),
        network(points.shape(), width, 1),
        null,
        recipe,
        null);
  }

  private static Network network(Shape input, int width, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < HIDDEN_LAYERS; i++) {
      layers.add(new Dense(width).withInitializer(new Initializer.HeNormal()));
      layers.add(new Activation.Relu());
    }
    layers.add(new Dense(outputs));
    return new Network(input, layers);
  }
}
