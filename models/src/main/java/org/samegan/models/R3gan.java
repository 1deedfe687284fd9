package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * R3GAN's objective (Huang et al. 2024, arXiv:2501.05441): the relativistic pairing loss with
 * zero-centred penalties at real (R1) and at generated examples (R2), Adam with beta1 = 0. The
 * networks are DCGAN's, the discriminator without batch normalisation; the paper's are ResNeXt-like
 * and much larger.
 *
 * <p>{@code schedule=authors} is what every preset of the authors' {@code train.py} has: along half
 * a cosine the rate falls from 2e-4 to 5e-5, gamma to a tenth, and beta2 rises from 0.9 to 0.99.
 * They spread it over the first 20 or 200 million images and train on with the last values; here it
 * is the whole run.
 */
public final class R3gan implements OnDcganNetworks {
  private static final Setting.Scheduled GAMMA =
      Setting.Scheduled.positive(
          "gamma", 1, "weight of both penalties, gamma / 2 mean ||grad D||^2");
  private static final Setting.Choice SCHEDULE =
      new Setting.Choice(
          "schedule",
          "none",
          List.of("none", "authors"),
          "authors: over the run rates fall to a quarter and gamma to a tenth, and Adam's beta2 rises"
              + " from 0.9");
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
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after(GAMMA, SCHEDULE);
  }

  @Override
  public Recipe recipe(Settings settings) {
    Schedule gamma = settings.get(GAMMA);
    Recipe recipe = TRAINING.recipe(new Objective.Relativistic(), settings);
    if (settings.get(SCHEDULE).equals("authors")) {
      gamma = falling(gamma, 10);
      recipe =
          recipe.withOptimizers(
              falling(recipe.generatorOptimizer()), falling(recipe.discriminatorOptimizer()));
    }
    return recipe.withPenalties(GradientPenalty.r1(gamma), GradientPenalty.r2(gamma));
  }

  private static Optimizer falling(Optimizer optimizer) {
    if (optimizer instanceof Adam adam) {
      return new Adam(
          falling(adam.learningRate(), 4),
          adam.beta1(),
          Schedule.cosine(0.9, number(adam.beta2())),
          adam.epsilon());
    }
    throw new IllegalArgumentException("schedule=authors is one for adam, found another optimizer");
  }

  private static Schedule falling(Schedule start, double by) {
    return Schedule.cosine(number(start), number(start) / by);
  }

  private static double number(Schedule start) {
    if (start instanceof Schedule.Constant constant) {
      return constant.value();
    }
    throw new IllegalArgumentException(
        "schedule=authors makes schedules of its own of the rates, decay and gamma, found "
            + start.text()
            + "; give numbers, or leave schedule out");
  }
}
