package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.models.Variants;
import org.samegan.torch.execution.ImageLayout;
import org.samegan.torch.library.Handles;

/** Whole trainings on libtorch, beside those on ND4J. */
class TorchTrainingTest {
  private static final int BATCH = 4;

  private static Backend torch() {
    return new TorchBackend(TestLibrary.cpu(), ImageLayout.CHANNELS_LAST, true);
  }

  private static Gan gan(String variant) {
    Map<String, Object> narrow = variant.equals("gan") ? Map.of() : Map.of("width", 4);
    return Variants.named(variant).gan(ExampleForm.images(28, 1, 3), narrow);
  }

  /** Images that grow brighter with their index and from top to bottom. */
  private record Gradient(Shape exampleShape) implements Dataset {
    @Override
    public int size() {
      return 12;
    }

    @Override
    public Classes classes() {
      return Classes.of(3);
    }

    @Override
    public int label(int index) {
      return index % 3;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (int i = 0; i < exampleShape.elements(); i++) {
        destination.put((float) i / exampleShape.elements() * (index + 1) / size());
      }
    }
  }

  private static Trainer trainer(Gan gan, Backend backend) {
    return new Trainer(gan, new Gradient(gan.exampleShape()), BATCH, 7, backend);
  }

  private static double loss(StepReport report) {
    return report.get(StepReport.DISCRIMINATOR_LOSS);
  }

  /** Copies, which no step changes. */
  private static TrainingState copy(Trainer trainer) {
    TrainingState state = trainer.state();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    state.arrays().forEach((path, array) -> arrays.put(path, array.dup('c')));
    return new TrainingState(state.progress(), arrays);
  }

  private static void assertSameBits(TrainingState found, TrainingState expected) {
    assertThat(found.progress()).isEqualTo(expected.progress());
    expected
        .arrays()
        .forEach(
            (path, array) ->
                assertThat(found.arrays().get(path).dup('c').data().asFloat())
                    .as(path)
                    .isEqualTo(array.dup('c').data().asFloat()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gan", "wgan", "wgan-gp", "acgan"})
  void aRunGoesFromOneBackendToTheOtherAndBack(String variant) {
    Gan gan = gan(variant);
    long handles = Handles.live();
    try (Trainer reference = trainer(gan, Backend.nd4j());
        Trainer native1 = trainer(gan, Backend.nd4j());
        Trainer onTorch = trainer(gan, torch())) {
      for (int i = 0; i < 5; i++) {
        native1.step();
      }
      onTorch.restore(native1.state());
      for (int i = 0; i < 5; i++) {
        onTorch.step();
      }
      native1.restore(onTorch.state());
      for (int i = 0; i < 10; i++) {
        reference.step();
      }
      assertThat(native1.progress()).isEqualTo(reference.progress());
      assertThat(loss(native1.step())).isCloseTo(loss(reference.step()), within(1e-3));
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "wgan-gp"})
  void aRunThatIsSavedAndRestoredHasTheBitsOfOneThatIsNot(String variant) {
    Gan gan = gan(variant);
    try (Trainer whole = trainer(gan, torch());
        Trainer first = trainer(gan, torch());
        Trainer second = trainer(gan, torch())) {
      for (int i = 0; i < 4; i++) {
        whole.step();
      }
      first.step();
      first.step();
      second.restore(copy(first));
      second.step();
      second.step();
      assertSameBits(second.state(), whole.state());
    }
  }

  @Test
  void aGeneratorDrawsTheSameOnBoth() {
    Gan gan = gan("dcgan");
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
