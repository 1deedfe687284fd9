package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.StepGraph;
import org.samegan.torch.SmallGans;
import org.samegan.torch.library.Handles;

/** Every variant's two steps are the same by libtorch as by core's plan on ND4J. */
class VariantStepsTest {
  private static final int BATCH = 2;

  static List<SmallGans.Named> gans() {
    return SmallGans.all();
  }

  @ParameterizedTest
  @MethodSource("gans")
  void areTheSameAsOnNd4j(SmallGans.Named named) {
    Gan gan = named.gan();
    long handles = Handles.live();
    double d = error(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE));
    double g = error(StepGraph.emitGeneratorStep(gan, BATCH, DataType.DOUBLE));
    assertThat(Math.max(d, g)).isLessThan(1e-9);
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static double error(StepGraph step) {
    List<String> results = new ArrayList<>(step.gradients().values());
    results.addAll(step.statistics().values());
    results.addAll(step.numbers().values());
    Map<String, INDArray> inputs = inputs(step, DataType.DOUBLE);
    return BothPlans.run(step.graph(), inputs, results, ImageLayout.CHANNELS_LAST).worst();
  }

  /** Weights so large that all layers matter, everything else as in training. */
  private static Map<String, INDArray> inputs(StepGraph step, DataType type) {
    Random random = new Random(5);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      INDArray array = Nd4j.create(type, shape);
      double scale = name.contains("weight") ? 0.1 : 0.5;
      double centre = name.contains("gain") || name.contains("variance") ? 1 : 0;
      double[] values = new double[(int) array.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = centre + (centre == 0 ? scale : 0.1) * random.nextGaussian();
      }
      array.assign(Nd4j.createFromArray(values).reshape(shape).castTo(type));
      inputs.put(name, array);
    }
    return inputs;
  }
}
