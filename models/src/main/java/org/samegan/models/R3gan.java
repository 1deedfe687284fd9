package org.samegan.models;

import java.util.List;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.training.Recipe;

/**
 * R3GAN's objective (Huang et al. 2024, arXiv:2501.05441): the relativistic pairing loss with
 * zero-centred penalties at real (R1) and at generated examples (R2), Adam with beta1 = 0. The
 * networks are DCGAN's, the discriminator without batch normalisation; the paper's are ResNeXt-like
 * and much larger.
 */
public final class R3gan implements OnDcganNetworks {
  private static final Setting.Real GAMMA =
      Setting.Real.positive("gamma", 1, "weight of both penalties, gamma / 2 mean ||grad D||^2");
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0, 0.99);

  @Override
  public String name() {
    return "r3gan";
  }

  @Override
  public String summary() {
    return "relativistic GAN with R1 and R2 penalties (Huang et al. 2024, arXiv:2501.05441)";
  }

  @Override
  public List<Setting<?>> recipeSettings() {
    return TRAINING.after(GAMMA);
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING
        .recipe(new Objective.Relativistic(), settings)
        .withPenalties(
            GradientPenalty.r1(settings.get(GAMMA)), GradientPenalty.r2(settings.get(GAMMA)));
  }
}
