package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * DRAGAN (Kodali et al. 2017, arXiv:1705.07215): the non-saturating game with a gradient penalty
 * around the real examples, on DCGAN's networks, the discriminator without batch normalisation.
 */
public final class Dragan implements OnDcganNetworks {
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
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING
        .recipe(new Objective.NonSaturating(), settings)
        .withPenalties(GradientPenalty.dragan());
  }
}
