package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Sharding;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.models.Variants;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** Batches in shards on libtorch, beside ND4J's. */
class ShardedTrainingTest {
  private static final Sharding SHARDING = Sharding.of(8, 4);

  private final Backend torch =
      new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);

  @Test
  void addsAndMultipliesAsFloatsAre() {
    long handles = Handles.live();
    float[] a = {0.1f, -3e7f, 1e-30f};
    float[] b = {0.7f, 1, 2e-30f};
    try (Tensor sum = torch.zeros(DataType.FLOAT, 3);
        Tensor other = torch.zeros(DataType.FLOAT, 3)) {
      sum.assign(Nd4j.createFromArray(a));
      other.assign(Nd4j.createFromArray(b));

      sum.add(other);
      sum.multiply(1.0 / 3);
      sum.add(other);
      sum.multiply(3);

      for (int i = 0; i < a.length; i++) {
        a[i] = ((a[i] + b[i]) * (1f / 3) + b[i]) * 3;
      }
      assertThat(sum.array().toFloatVector()).isEqualTo(a);
      assertThat(other.array().toFloatVector()).isEqualTo(b);
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static Gan narrow(String variant) {
    return SmallGans.images(Variants.named(variant), 28, Map.of("width", 4));
  }

  private static Trainer trainer(Gan gan, Sharding sharding, Backend backend) {
    return new Trainer(gan, new Ramp(gan.exampleShape()), sharding, 7, backend);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "cgan", "wgan-gp"})
  void trainsAsOnNd4jAndGoesOnToTheBit(String variant) {
    Gan gan = narrow(variant);
    long handles = Handles.live();
    Map<String, INDArray> whole;
    TrainingState half = null;
    try (Trainer expected = trainer(gan, SHARDING, Backend.nd4j());
        Trainer found = trainer(gan, SHARDING, torch)) {
      for (int i = 0; i < 3; i++) {
        StepReport there = expected.step();
        StepReport here = found.step();
        for (String loss : List.of(StepReport.DISCRIMINATOR_LOSS, StepReport.GENERATOR_LOSS)) {
          assertThat(here.get(loss)).isCloseTo(there.get(loss), within(1e-4));
        }
        if (i == 0) {
          half = copy(found.state());
        }
      }
      whole = copy(found.state()).arrays();
    }
    try (Trainer resumed = trainer(gan, SHARDING, torch)) {
      resumed.restore(half);
      resumed.train(2, (report, t) -> {});
      requireSame(copy(resumed.state()).arrays(), whole);
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static TrainingState copy(TrainingState state) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    state.arrays().forEach((path, array) -> arrays.put(path, array.dup('c')));
    return new TrainingState(state.progress(), arrays);
  }

  private static void requireSame(Map<String, INDArray> found, Map<String, INDArray> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (path, array) ->
            assertThat(found.get(path).data().asFloat())
                .as(path)
                .isEqualTo(array.data().asFloat()));
  }
}
