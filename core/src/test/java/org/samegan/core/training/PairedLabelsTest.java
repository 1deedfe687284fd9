package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;

/** The classes of generated examples that a conditional discriminator compares with real ones. */
class PairedLabelsTest {
  private static final int BATCH = 2;
  private static final int CLASSES = 3;
  // Noise before and after the label, so that its place matters.
  private static final Latent LATENT =
      new Latent(
          List.of(
              Latent.normal(2).parts().get(0),
              new Latent.Label(CLASSES),
              Latent.normal(1).parts().get(0)));

  private static Gan gan(Objective objective, GradientPenalty... penalties) {
    return Gan.of(
            LATENT,
            Network.of(Shape.of(6), new Dense(4), new Activation.Tanh()),
            Network.of(Shape.of(4 + CLASSES), new Dense(5), new Activation.Tanh(), new Dense(1)))
        .withRecipe(Recipe.of(objective).withPenalties(penalties));
  }

  private static StepGraph discriminatorStep(Gan gan) {
    return StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
  }

  /** The loss where latents were drawn with these labels and the batch has those. */
  private static double loss(StepGraph step, int[] drawn, int... real) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    step.graph()
        .variables()
        .forEach(
            variable -> {
              if (variable.isPlaceHolder()) {
                String name = variable.name();
                INDArray values =
                    Draws.array(name.hashCode(), DataType.DOUBLE, 0.1, 0.9, variable.getShape());
                if (name.equals(StepGraph.LABELS)) {
                  values.assign(oneHot(real));
                } else if (name.endsWith("latent")) {
                  for (int i = 0; i < BATCH; i++) {
                    for (int k = 0; k < CLASSES; k++) {
                      values.putScalar(i, 2 + k, k == drawn[i] ? 1 : 0);
                    }
                  }
                }
                inputs.put(name, values);
              }
            });
    String loss = step.numbers().get(step.loss());
    return BothExecutors.evaluate(step.graph(), inputs, List.of(loss)).get(loss).getDouble(0);
  }

  private static INDArray oneHot(int... labels) {
    INDArray rows = Nd4j.zeros(DataType.DOUBLE, BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  @Test
  void pairsAreOfTheRealExamplesClass() {
    Gan relativistic = gan(new Objective.Relativistic());
    for (StepGraph step :
        new StepGraph[] {
          discriminatorStep(gan(new Objective.Wasserstein(), GradientPenalty.wganGp())),
          discriminatorStep(relativistic),
          StepGraph.emitGeneratorStep(relativistic, BATCH, DataType.DOUBLE)
        }) {
      double loss = loss(step, new int[] {0, 2}, 0, 2);
      assertThat(loss(step, new int[] {1, 0}, 0, 2)).isEqualTo(loss);
      assertThat(loss(step, new int[] {1, 0}, 1, 0)).isNotEqualTo(loss);
    }
  }

  /** The class of the real examples is put where the drawn one was. */
  @Test
  void theGeneratorMakesWhatItMakesOfThatClass() {
    StepGraph alone = discriminatorStep(gan(new Objective.Wasserstein()));
    GradientPenalty nothing = new GradientPenalty(GradientPenalty.Points.BETWEEN, 1e-30, 0, false);
    StepGraph pairs = discriminatorStep(gan(new Objective.Wasserstein(), nothing));
    assertThat(loss(pairs, new int[] {1, 0}, 0, 2)).isEqualTo(loss(alone, new int[] {0, 2}, 0, 2));
  }

  @Test
  void otherGeneratedExamplesAreOfAnyClass() {
    for (Gan gan :
        List.of(
            gan(new Objective.Wasserstein()),
            gan(new Objective.Wasserstein(), GradientPenalty.r1(1)))) {
      StepGraph step = discriminatorStep(gan);
      assertThat(loss(step, new int[] {1, 0}, 0, 2))
          .isNotEqualTo(loss(step, new int[] {0, 2}, 0, 2));
    }
  }
}
