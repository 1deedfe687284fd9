package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** Whole trainings on libtorch, beside those on ND4J. */
class TorchTrainingTest {
  private static final int BATCH = 4;
  private static final int STEPS = 50;

  /** The run is on libtorch from this step on, and on ND4J before it. */
  private static final int THERE = 20;

  /** From this step on it is on ND4J again. */
  private static final int BACK = 40;

  /** Beyond this every loss must have got from where it began, or no difference would be seen. */
  private static final double LEAST_MOVE = 0.1;

  private static Backend torch() {
    return new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);
  }

  private static Gan narrow(String variant) {
    return SmallGans.images(Variants.named(variant), 28, Map.of("width", 4));
  }

  /** One of those that hardly move at their own rates in so few steps. */
  private static Gan hasty(String variant, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("width", 8);
    all.put("generator.learning-rate", "1e-3");
    all.put("discriminator.learning-rate", "1e-3");
    return Variants.named(variant).gan(ExampleForm.points(2), all);
  }

  static List<SmallGans.Named> travellers() {
    return List.of(
        new SmallGans.Named("gan", hasty("gan", Map.of())),
        new SmallGans.Named("wgan", hasty("wgan", Map.of("clip", 0.5))),
        new SmallGans.Named("dcgan", narrow("dcgan")),
        new SmallGans.Named("acgan", narrow("acgan")),
        new SmallGans.Named("wgan-gp", narrow("wgan-gp")));
  }

  private static Trainer trainer(Gan gan, Backend backend) {
    return new Trainer(gan, new Ramp(gan.exampleShape()), BATCH, 7, backend);
  }

  /**
   * Each step's losses are those of a run that stays on ND4J: 20 steps there, 20 on libtorch, 10
   * there again. Differences of rounding double every few steps in any training of a GAN, and
   * faster the wider its networks and the more often a ReLU flips: these are narrow, and in 50
   * steps the differences have grown to 2e-6 at most, while the losses moved by 0.3 to 1.
   */
  @ParameterizedTest
  @MethodSource("travellers")
  void aRunGoesFromOneBackendToTheOtherAndBack(SmallGans.Named named) {
    Gan gan = named.gan();
    long handles = Handles.live();
    try (Trainer reference = trainer(gan, Backend.nd4j());
        Trainer onNd4j = trainer(gan, Backend.nd4j());
        Trainer onTorch = trainer(gan, torch())) {
      double first = 0;
      double moved = 0;
      for (int i = 0; i < STEPS; i++) {
        if (i == THERE) {
          onTorch.restore(onNd4j.state());
        } else if (i == BACK) {
          onNd4j.restore(onTorch.state());
        }
        StepReport expected = reference.step();
        StepReport found = (i >= THERE && i < BACK ? onTorch : onNd4j).step();
        for (String loss : List.of(StepReport.DISCRIMINATOR_LOSS, StepReport.GENERATOR_LOSS)) {
          assertThat(found.get(loss))
              .as("%s of step %d", loss, i + 1)
              .isCloseTo(expected.get(loss), within(1e-4));
        }
        double loss = expected.get(StepReport.DISCRIMINATOR_LOSS);
        first = i == 0 ? loss : first;
        moved = Math.max(moved, Math.abs(loss - first));
      }
      assertThat(onNd4j.progress()).isEqualTo(reference.progress());
      assertThat(moved).isGreaterThan(LEAST_MOVE);
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  @Test
  void aGeneratorDrawsTheSameOnBoth() {
    Gan gan = narrow("dcgan");
    try (Trainer trainer = trainer(gan, Backend.nd4j())) {
      trainer.step();
      float[] latents = new float[3 * gan.latent().size()];
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) Math.sin(i);
      }
      float[][] images = new float[2][3 * gan.exampleShape().elements()];
      int i = 0;
      for (Backend backend : List.of(Backend.nd4j(), torch())) {
        try (CompiledGenerator generator =
            new CompiledGenerator(
                InferenceGraph.emit(gan, GanNetwork.GENERATOR, trainer.state().arrays()).graph(),
                gan.latent(),
                gan.exampleShape(),
                gan.pixelRange(),
                backend)) {
          generator.compute(3, FloatBuffer.wrap(latents), FloatBuffer.wrap(images[i++]));
        }
      }
      assertThat(images[1]).containsExactly(images[0], within(1e-5f));
    }
  }
}
