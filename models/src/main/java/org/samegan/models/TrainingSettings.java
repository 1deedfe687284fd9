package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The settings that variants of the original game share: which generator loss, which optimizer, and
 * its rates.
 *
 * @param optimizer the default optimizer: adam, rmsprop or sgd
 * @param generatorRate the default learning rate of the generator
 * @param discriminatorRate that of the discriminator
 * @param momentum the default of Adam's beta1 and of SGD's momentum
 * @param decay the default of Adam's beta2 and of RMSProp's decay
 */
record TrainingSettings(
    String optimizer,
    double generatorRate,
    double discriminatorRate,
    double momentum,
    double decay) {
  private static final Setting.Choice LOSS =
      new Setting.Choice(
          "generator.loss",
          "non-saturating",
          List.of("non-saturating", "saturating"),
          "what the generator minimises: -log D(G(z)), or the original log(1 - D(G(z)))");
  private static final Setting.Real EPSILON =
      Setting.Real.positive("epsilon", 1e-8, "epsilon of Adam and RMSProp");

  /** With one default learning rate for both networks. */
  TrainingSettings(String optimizer, double learningRate, double momentum, double decay) {
    this(optimizer, learningRate, learningRate, momentum, decay);
  }

  private Setting.Choice optimizerSetting() {
    return new Setting.Choice(
        "optimizer", optimizer, List.of("adam", "rmsprop", "sgd"), "what moves both networks");
  }

  private Setting.Scheduled generatorRateSetting() {
    return Setting.Scheduled.positive(
        "generator.learning-rate", generatorRate, "the generator's learning rate");
  }

  private Setting.Scheduled discriminatorRateSetting() {
    return Setting.Scheduled.positive(
        "discriminator.learning-rate", discriminatorRate, "the discriminator's learning rate");
  }

  private Setting.Scheduled decaySetting() {
    return Setting.Scheduled.fraction("decay", decay, "decay of Adam's v (beta2) and of RMSProp's");
  }

  private Setting.Real momentumSetting() {
    return Setting.Real.fraction("momentum", momentum, "Adam's beta1, or SGD's momentum");
  }

  /** All of them, after a variant's own, for the original game, which has two generator losses. */
  List<Setting<?>> withLossAfter(Setting<?>... own) {
    List<Setting<?>> all = new ArrayList<>(List.of(own));
    all.add(LOSS);
    return after(all.toArray(new Setting<?>[0]));
  }

  /** Those of the optimizers, after a variant's own. */
  List<Setting<?>> after(Setting<?>... own) {
    List<Setting<?>> all = new ArrayList<>(List.of(own));
    all.addAll(
        List.of(
            optimizerSetting(),
            generatorRateSetting(),
            discriminatorRateSetting(),
            momentumSetting(),
            decaySetting(),
            EPSILON));
    return all;
  }

  /** The recipe of the original game. */
  Recipe recipe(Settings settings) {
    Objective objective =
        settings.get(LOSS).equals("saturating")
            ? new Objective.Saturating()
            : new Objective.NonSaturating();
    return recipe(objective, settings);
  }

  /** A recipe of another objective. */
  Recipe recipe(Objective objective, Settings settings) {
    return Recipe.of(objective)
        .withOptimizers(
            optimizer(settings, settings.get(generatorRateSetting())),
            optimizer(settings, settings.get(discriminatorRateSetting())));
  }

  private Optimizer optimizer(Settings settings, Schedule rate) {
    Schedule beta2 = settings.get(decaySetting());
    double epsilon = settings.get(EPSILON);
    double beta1 = settings.get(momentumSetting());
    return switch (settings.get(optimizerSetting())) {
      case "adam" -> new Adam(rate, beta1, beta2, epsilon);
      case "rmsprop" -> new RmsProp(rate, fixed(beta2), epsilon);
      default -> new Sgd(rate, beta1);
    };
  }

  /** RMSProp's decay is an argument of its native op, and so doesn't change. */
  private static double fixed(Schedule decay) {
    if (decay instanceof Schedule.Constant constant) {
      return constant.value();
    }
    throw new IllegalArgumentException(
        "decay must be a number for rmsprop, found the schedule " + decay.text());
  }
}
