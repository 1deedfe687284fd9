package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;

/** A generator's step that compares with real examples is given them. */
class RelativisticStepTest {
  private static final Recipe RELATIVISTIC = Recipe.of(new Objective.Relativistic());

  @Test
  void theGeneratorMeetsTheBatchThatTheDiscriminatorHasJustSeen() {
    RecordingData data = RecordingData.ofImages(10);
    try (Trainer trainer = new Trainer(TinyGan.gan().withRecipe(RELATIVISTIC), data, 4, 1)) {
      trainer.train(2, (report, t) -> {});
    }

    List<Integer> asked = data.asked;
    // The batch of the third step is read ahead.
    assertThat(asked).hasSize(16 + 4);
    assertThat(asked.subList(4, 8)).isEqualTo(asked.subList(0, 4));
    assertThat(asked.subList(12, 16)).isEqualTo(asked.subList(8, 12));
    assertThat(asked.subList(8, 12)).doesNotContainAnyElementsOf(asked.subList(0, 4));
  }

  /** D gives 5 at every real example and 0 at every generated one. */
  @Test
  void theGeneratorsLossIsThatOfItsOwnExamplesAndTheRealOnes() {
    Network generator = Network.of(Shape.of(2), new Dense(1));
    Network discriminator = Network.of(Shape.of(1), new Dense(1));
    Gan gan = Gan.of(Latent.normal(2), generator, discriminator).withRecipe(RELATIVISTIC);
    RecordingData fives = new RecordingData(2, Shape.of(1)).withValue(0, 5).withValue(1, 5);
    try (Trainer trainer = new Trainer(gan, fives, 2, 1)) {
      trainer.startFrom(
          Map.of(
              "generator/0_dense/weight", Nd4j.zeros(2, 1),
              "discriminator/0_dense/weight", Nd4j.ones(1, 1)));

      // The discriminator's update of about the learning rate comes first.
      assertThat(trainer.step().get(StepReport.GENERATOR_LOSS))
          .isCloseTo(Math.log1p(Math.exp(5)), Offset.offset(0.01));
    }
  }
}
