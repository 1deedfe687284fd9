package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The Wasserstein GAN (Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875): a critic without a
 * sigmoid and without logarithms, five critic steps for each generator step, every critic weight
 * clipped to 0.01 after each, RMSProp with rate 5e-5. The networks are DCGAN's.
 *
 * <p>The authors' code, but not the paper's algorithm 1, has 100 critic steps before each of the
 * first 25 generator steps and every 500th; that is {@code critic.warmup=true}.
 */
public final class Wgan implements OnDcganNetworks {
  private static final Setting.Real CLIP =
      Setting.Real.positive("clip", 0.01, "bound that every critic weight is clipped to");
  private static final Setting.Choice WARMUP =
      new Setting.Choice(
          "critic.warmup",
          "false",
          List.of("false", "true"),
          "whether the first 25 generator steps and every 500th have 100 critic steps");
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
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after(CLIP, WARMUP);
  }

  @Override
  public Recipe recipe(Settings settings) {
    DiscriminatorSteps five = DiscriminatorSteps.of(5);
    boolean warm = settings.get(WARMUP).equals("true");
    return TRAINING
        .recipe(new Objective.Wasserstein(), settings)
        .withConstraint(new Constraint.WeightClipping(settings.get(CLIP)))
        .withDiscriminatorSteps(warm ? five.withWarmup(DiscriminatorSteps.Warmup.WGAN) : five);
  }
}
