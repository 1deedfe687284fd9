package org.samegan.models;

import java.util.List;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.Objective;
import org.samegan.core.training.Recipe;

/**
 * The Wasserstein GAN (Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875): a critic without a
 * sigmoid and without logarithms, five critic steps for each generator step, every critic weight
 * clipped to 0.01 after each, RMSProp with rate 5e-5. The networks are DCGAN's.
 */
public final class Wgan implements OnDcganNetworks {
  private static final Setting.Real CLIP =
      Setting.Real.positive("clip", 0.01, "bound that every critic weight is clipped to");
  private static final TrainingSettings TRAINING = new TrainingSettings("rmsprop", 5e-5, 0, 0.99);

  @Override
  public String name() {
    return "wgan";
  }

  @Override
  public String summary() {
    return "Wasserstein GAN with weight clipping (Arjovsky et al. 2017, arXiv:1701.07875)";
  }

  @Override
  public List<Setting<?>> recipeSettings() {
    return TRAINING.after(CLIP);
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING
        .recipe(new Objective.Wasserstein(), settings)
        .withConstraint(new Constraint.WeightClipping(settings.get(CLIP)))
        .withDiscriminatorSteps(5);
  }
}
