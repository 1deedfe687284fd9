package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The spectrally normalised GAN (Miyato et al. 2018, arXiv:1802.05957): the hinge loss (eq. 16 and
 * 17) with a discriminator whose every weight is divided by its spectral norm. The networks are
 * DCGAN's, the discriminator with biases and without batch normalisation.
 *
 * <p>Adam's (2e-4, 0, 0.9) is what the authors use with their residual networks. One discriminator
 * step for each generator step is row C of their table 1, the DCGAN setting and the cheapest; rows
 * A, D, E and F and the residual networks take five.
 */
public final class Sngan implements OnDcganNetworks {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0, 0.9);

  @Override
  public String name() {
    return "sngan";
  }

  @Override
  public String summary() {
    return "hinge GAN with spectral normalisation (Miyato et al. 2018, arXiv:1802.05957)";
  }

  /** What it adds to the hinge loss is the normalisation of its discriminator. */
  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING.recipe(new Objective.Hinge(), settings);
  }

  @Override
  public Network discriminator(int width, ExampleForm images, Recipe recipe) {
    Network plain = DcganNetworks.discriminator(width, images, false);
    return new Network(
        plain.input(), plain.layers().stream().map(Sngan::spectrallyNormalised).toList());
  }

  /** DCGAN's convolutions leave their biases to the batch normalisation that is not here. */
  private static Layer spectrallyNormalised(Layer layer) {
    if (layer instanceof Conv2d conv) {
      return new SpectralNorm(
          new Conv2d(
              conv.channels(),
              conv.kernel(),
              conv.stride(),
              conv.padding(),
              true,
              conv.initializer()));
    }
    return layer instanceof Dense ? new SpectralNorm(layer) : layer;
  }
}
