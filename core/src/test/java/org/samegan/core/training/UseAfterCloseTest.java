package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.objective.Objective;

/** What has given its memory back must not use it again. */
class UseAfterCloseTest {
  private static final String CLOSED = "has been closed";
  private final Gan gan = TinyGan.gan().withRecipe(Recipe.of(new Objective.Wasserstein()));
  private final RecordingData data = RecordingData.ofImages(4);

  @Test
  void aClosedTrainerStillHasItsStateButTrainsNoMore() {
    Trainer trainer = new Trainer(gan, data, 4, 1);
    trainer.step();
    Map<String, double[]> before = TinyGan.values(trainer.state().arrays());
    trainer.close();
    trainer.close();

    assertThatIllegalStateException().isThrownBy(trainer::step).withMessageContaining(CLOSED);
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.heldOutDistance(data, 1))
        .withMessageContaining(CLOSED);
    assertThat(trainer.progress().step()).isEqualTo(1);
    Map<String, double[]> after = TinyGan.values(trainer.state().arrays());
    before.forEach((path, values) -> assertThat(after.get(path)).as(path).isEqualTo(values));
  }

  @Test
  void aClosedSamplerDrawsNoMore() {
    Sampler sampler = new Sampler(generator().graph(), gan.latent(), gan.exampleShape());
    sampler.close();
    sampler.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> sampler.sample(0, 1, 5))
        .withMessageContaining(CLOSED);
  }

  @Test
  void aClosedGeneratorPlanTakesNoLatentsAndGivesNoImages() {
    GeneratorPlan plan =
        new GeneratorPlan(generator().graph(), gan.latent().size(), gan.exampleShape(), 2);
    plan.close();

    assertThatIllegalStateException().isThrownBy(plan::latents).withMessageContaining(CLOSED);
    assertThatIllegalStateException()
        .isThrownBy(() -> plan.run(FloatBuffer.allocate(64)))
        .withMessageContaining(CLOSED);
  }

  private InferenceGraph generator() {
    try (Trainer trainer = new Trainer(gan, data, 4, 1)) {
      return InferenceGraph.emitGenerator(gan, trainer.state().arrays());
    }
  }
}
