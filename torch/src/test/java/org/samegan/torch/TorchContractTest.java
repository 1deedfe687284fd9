package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/**
 * What every variant must do, for other sizes and architectures than those that the command line's
 * contract test has on libtorch.
 */
class TorchContractTest {
  private static final int BATCH = 4;
  private static final int SAMPLES = 3;

  private final Backend backend =
      new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);

  static List<SmallGans.Named> gans() {
    return SmallGans.larger();
  }

  @ParameterizedTest
  @MethodSource("gans")
  void goesOnToTheBitFromACopiedStateAndSamplesTheSame(SmallGans.Named named) {
    Gan gan = named.gan();
    long handles = Handles.live();
    TrainingState half;
    TrainingState whole;
    try (Trainer trainer = trainer(gan)) {
      trainer.train(2, (report, t) -> requireFinite(report));
      half = copy(trainer);
      trainer.step();
      whole = copy(trainer);
    }
    TrainingState resumed;
    try (Trainer trainer = trainer(gan)) {
      trainer.restore(half);
      trainer.step();
      resumed = copy(trainer);
    }
    requireSameBits(resumed, whole);
    float[] samples = sample(gan, whole);
    assertThat(sample(gan, resumed)).isEqualTo(samples);
    // Else a trainer and a generator that do nothing would pass.
    assertThat(sample(gan, half)).isNotEqualTo(samples);
    for (float value : samples) {
      assertThat(Float.isFinite(value)).isTrue();
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private Trainer trainer(Gan gan) {
    return new Trainer(gan, new Ramp(gan.exampleShape()), BATCH, 9, backend);
  }

  private static void requireFinite(StepReport report) {
    assertThat(report.get(StepReport.DISCRIMINATOR_LOSS)).isFinite();
    assertThat(report.get(StepReport.GENERATOR_LOSS)).isFinite();
  }

  /** In arrays that closing the trainer leaves alone. */
  private static TrainingState copy(Trainer trainer) {
    TrainingState state = trainer.state();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    state.arrays().forEach((path, array) -> arrays.put(path, array.dup('c')));
    return new TrainingState(state.progress(), arrays);
  }

  private static void requireSameBits(TrainingState found, TrainingState expected) {
    assertThat(found.progress()).isEqualTo(expected.progress());
    assertThat(found.arrays().keySet()).isEqualTo(expected.arrays().keySet());
    expected
        .arrays()
        .forEach(
            (path, array) -> {
              float[] values = array.data().asFloat();
              // By bits; what is not a number is none here.
              int first = Arrays.mismatch(found.arrays().get(path).data().asFloat(), values);
              assertThat(first).as("the first value of %s that differs", path).isEqualTo(-1);
            });
  }

  private float[] sample(Gan gan, TrainingState state) {
    FloatBuffer latents = FloatBuffer.allocate(SAMPLES * gan.latent().size());
    for (int i = 0; i < SAMPLES; i++) {
      latents.limit((i + 1) * gan.latent().size());
      gan.latent().fill(RandomStream.of(1, "sample", i), latents);
    }
    FloatBuffer examples = FloatBuffer.allocate(SAMPLES * gan.exampleShape().elements());
    try (CompiledGenerator generator =
        new CompiledGenerator(
            InferenceGraph.emit(gan, GanNetwork.GENERATOR, state.arrays()).graph(),
            gan.latent(),
            gan.exampleShape(),
            gan.pixelRange(),
            backend)) {
      generator.compute(SAMPLES, latents.rewind(), examples);
    }
    return examples.array();
  }
}
