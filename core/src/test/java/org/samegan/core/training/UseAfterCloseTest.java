package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
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
  void aClosedTrainerHasNothingButItsProgress() {
    Trainer trainer = new Trainer(gan, data, 4, 1);
    trainer.step();
    TrainingState state = trainer.state();
    trainer.close();
    trainer.close();

    assertThat(state.arrays()).isNotEmpty().allSatisfy((path, array) -> assertClosed(array));
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            trainer::step,
            trainer::state,
            () -> trainer.restore(state),
            () -> trainer.startFrom(Map.of()),
            () -> trainer.evaluateDiscriminator(data, 1))) {
      assertThatIllegalStateException()
          .isThrownBy(use)
          .withMessageContaining("the trainer " + CLOSED);
    }
    assertThat(trainer.progress().step()).isEqualTo(1);
  }

  private static void assertClosed(INDArray array) {
    assertThat(array.data().wasClosed()).isTrue();
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
