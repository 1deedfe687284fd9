package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;

/**
 * The settings that variants of the original game share: which generator loss, which optimizer, and
 * its rates.
 *
 * @param optimizer the default optimizer: adam, rmsprop or sgd
 * @param learningRate the default learning rate of both networks
 * @param momentum the default of Adam's beta1 and of SGD's momentum
 */
record TrainingSettings(String optimizer, double learningRate, double momentum) {
  private static final Setting.Choice LOSS =
      new Setting.Choice(
          "generator.loss",
          "non-saturating",
          List.of("non-saturating", "saturating"),
          "what the generator minimises: -log D(G(z)), or the original log(1 - D(G(z)))");
  private static final Setting.Real DECAY =
      Setting.Real.fraction("decay", 0.999, "decay of Adam's v (beta2) and of RMSProp's");
  private static final Setting.Real EPSILON =
      Setting.Real.positive("epsilon", 1e-8, "epsilon of Adam and RMSProp");

  private Setting.Choice optimizerSetting() {
    return new Setting.Choice(
        "optimizer", optimizer, List.of("adam", "rmsprop", "sgd"), "what moves both networks");
  }

  private Setting.Real generatorRate() {
    return Setting.Real.positive(
        "generator.learning-rate", learningRate, "the generator's learning rate");
  }

  private Setting.Real discriminatorRate() {
    return Setting.Real.positive(
        "discriminator.learning-rate", learningRate, "the discriminator's learning rate");
  }

  private Setting.Real momentumSetting() {
    return Setting.Real.fraction("momentum", momentum, "Adam's beta1, or SGD's momentum");
  }

  /** All of them, after a variant's own. */
  List<Setting<?>> after(Setting<?>... own) {
    List<Setting<?>> all = new ArrayList<>(List.of(own));
    all.addAll(
        List.of(
            LOSS,
            optimizerSetting(),
            generatorRate(),
            discriminatorRate(),
            momentumSetting(),
            DECAY,
            EPSILON));
    return all;
  }

  Objective objective(Settings settings) {
    return settings.get(LOSS).equals("saturating")
        ? new Objective.Saturating()
        : new Objective.NonSaturating();
  }

  Optimizer generatorOptimizer(Settings settings) {
    return optimizer(settings, settings.get(generatorRate()));
  }

  Optimizer discriminatorOptimizer(Settings settings) {
    return optimizer(settings, settings.get(discriminatorRate()));
  }

  private Optimizer optimizer(Settings settings, double rate) {
    double decay = settings.get(DECAY);
    double epsilon = settings.get(EPSILON);
    return switch (settings.get(optimizerSetting())) {
      case "adam" -> new Adam(rate, settings.get(momentumSetting()), decay, epsilon);
      case "rmsprop" -> new RmsProp(rate, decay, epsilon);
      default -> new Sgd(rate, settings.get(momentumSetting()));
    };
  }
}
