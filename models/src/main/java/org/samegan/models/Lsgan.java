package org.samegan.models;

import java.util.List;
import org.samegan.core.data.PixelRange;
import org.samegan.core.objective.Objective;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;

/**
 * The least squares GAN (Mao et al. 2017, arXiv:1611.04076) with labels 0 and 1, on DCGAN's
 * networks with DCGAN's Adam. (The paper's own networks for 112 pixels are deeper, and its rate is
 * 1e-3.)
 */
public final class Lsgan implements Variant {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "lsgan";
  }

  @Override
  public String summary() {
    return "least squares GAN (Mao et al. 2017, arXiv:1611.04076)";
  }

  @Override
  public List<Integer> sizes() {
    return DcganNetworks.SIZES;
  }

  @Override
  public List<Setting<?>> settings() {
    return TRAINING.after(DcganNetworks.LATENT, DcganNetworks.WIDTH);
  }

  @Override
  public Gan gan(ImageFormat images, Settings settings) {
    int latent = settings.get(DcganNetworks.LATENT);
    int width = settings.get(DcganNetworks.WIDTH);
    return new Gan(
        name(),
        Latent.normal(latent),
        DcganNetworks.generator(latent, width, images),
        DcganNetworks.discriminator(width, images, true),
        null,
        TRAINING.recipe(new Objective.LeastSquares(), settings),
        PixelRange.SIGNED_UNIT);
  }
}
