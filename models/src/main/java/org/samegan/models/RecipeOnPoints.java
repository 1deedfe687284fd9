package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;

/**
 * A recipe on fully connected networks: those of {@code gan_toy.py}, the script of Gulrajani et al.
 * 2017 (arXiv:1704.00028). Both have three hidden layers of 512 ReLU units, the generator from two
 * standard normal values; outputs are linear, and nothing is normalised.
 */
final class RecipeOnPoints implements PointVariant {
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 2, 1, Integer.MAX_VALUE, "length of the latent vector");
  private static final Setting.Whole WIDTH =
      new Setting.Whole("width", 512, 1, 65_536, "units of each of the three hidden layers");
  private static final int HIDDEN_LAYERS = 3;

  private final RecipeVariant variant;

  RecipeOnPoints(RecipeVariant variant) {
    this.variant = variant;
  }

  @Override
  public String name() {
    return variant.name() + " on points";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(LATENT, WIDTH));
    all.addAll(variant.pointRecipeSettings());
    return all;
  }

  @Override
  public Gan gan(Map<String, ?> given) {
    Settings settings = settings(given);
    Shape latent = Shape.of(settings.get(LATENT));
    int width = settings.get(WIDTH);
    return new Gan(
        variant.name(),
        Latent.normal(settings.get(LATENT)),
        network(latent, width, POINT.elements()),
        network(POINT, width, 1),
        null,
        variant.recipe(settings),
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
