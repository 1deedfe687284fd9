package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;
import org.samegan.core.training.StepGraph;
import org.samegan.models.Variant;
import org.samegan.models.Variants;
import org.samegan.torch.library.Handles;

/** Every variant's two steps are the same by libtorch as by core's plan on ND4J. */
class VariantStepsTest {
  private static final int BATCH = 2;
  private static final int CLASSES = 4;

  static List<Arguments> gans() {
    List<Arguments> gans = new ArrayList<>();
    for (Variant variant : Variants.all()) {
      int size = variant.sizes().isEmpty() ? 28 : variant.sizes().get(0);
      gans.add(Arguments.of(variant.name() + " " + size, images(variant, size, Map.of())));
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        Gan points = variant.gan(ExampleForm.points(2), Map.of("width", 8));
        gans.add(Arguments.of(variant.name() + " points", points));
      }
    }
    gans.add(Arguments.of("dcgan 32", images(Variants.named("dcgan"), 32, Map.of())));
    gans.add(Arguments.of("dcgan 64", images(Variants.named("dcgan"), 64, Map.of())));
    gans.add(Arguments.of("wgan-gp 64", images(Variants.named("wgan-gp"), 64, Map.of("width", 1))));
    Map<String, Object> residual = Map.of("arch", "resnet");
    gans.add(Arguments.of("wgan-gp resnet 32", images(Variants.named("wgan-gp"), 32, residual)));
    return gans;
  }

  private static Gan images(Variant variant, int size, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    if (variant.settings(ExampleKind.IMAGES).stream().map(Setting::key).anyMatch("width"::equals)) {
      all.putIfAbsent("width", 3);
    }
    return variant.gan(ExampleForm.images(size, 1, CLASSES), all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gans")
  void areTheSameAsOnNd4j(String name, Gan gan) {
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
