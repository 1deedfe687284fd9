package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Recipe;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.inference.TrainedGenerator;
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
        .isThrownBy(() -> trainer.evaluateDiscriminator(data, 1))
        .withMessageContaining(CLOSED);
    assertThat(trainer.progress().step()).isEqualTo(1);
    Map<String, double[]> after = TinyGan.values(trainer.state().arrays());
    before.forEach((path, values) -> assertThat(after.get(path)).as(path).isEqualTo(values));
  }

  @Test
  void aClosedSamplerDrawsNoMore() {
    TrainedGenerator sampler =
        new CompiledGenerator(
            generator().graph(), gan.latent(), gan.exampleShape(), gan.pixelRange());
    sampler.close();
    sampler.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> sampler.sample(0, 1, 5))
        .withMessageContaining(CLOSED);
  }

  @Test
  void aClosedGeneratorComputesNothing() {
    CompiledGenerator generator =
        new CompiledGenerator(
            generator().graph(), gan.latent(), gan.exampleShape(), gan.pixelRange());
    FloatBuffer latents = FloatBuffer.allocate(gan.latent().size());
    generator.compute(2, latents, FloatBuffer.allocate(64));
    generator.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> generator.compute(2, latents.flip(), FloatBuffer.allocate(64)))
        .withMessageContaining(CLOSED);
  }

  private InferenceGraph generator() {
    try (Trainer trainer = new Trainer(gan, data, 4, 1)) {
      return InferenceGraph.emit(gan, GanNetwork.GENERATOR, trainer.state().arrays());
    }
  }
}
