package org.samegan.models;

import java.util.List;
import org.samegan.core.data.PixelRange;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;

/**
 * DRAGAN (Kodali et al. 2017, arXiv:1705.07215): the non-saturating game with a gradient penalty
 * around the real examples, on DCGAN's networks, the discriminator without batch normalisation.
 */
public final class Dragan implements Variant {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "dragan";
  }

  @Override
  public String summary() {
    return "GAN with a gradient penalty around the data (Kodali et al. 2017, arXiv:1705.07215)";
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
        DcganNetworks.discriminator(width, images, false),
        null,
        TRAINING
            .recipe(new Objective.NonSaturating(), settings)
            .withPenalties(GradientPenalty.dragan()),
        PixelRange.SIGNED_UNIT);
  }
}
