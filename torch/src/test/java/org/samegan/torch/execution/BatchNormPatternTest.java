package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.TopologicalOrder;
import org.samegan.core.training.StepGraph;
import org.samegan.models.Variants;
import org.samegan.torch.SmallGans;

/** Which ops are taken for a batch normalisation; what they compute is in other tests. */
class BatchNormPatternTest {
  private static long[] found(SameDiff graph, Set<String> results, Map<String, long[]> shapes) {
    List<SameDiffOp> order = TopologicalOrder.of(graph, results);
    BatchNormPattern pattern = new BatchNormPattern(new StaticShapes(graph, shapes), order);
    List<String> names = order.stream().map(op -> op.getOutputsOfOp().get(0)).toList();
    return new long[] {
      names.stream().filter(name -> pattern.forwardTo(name).isPresent()).count(),
      names.stream().filter(name -> pattern.backwardTo(name).isPresent()).count()
    };
  }

  private static long[] found(StepGraph step) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      shapes.put(name, step.graph().getVariable(name).placeholderShape());
    }
    Set<String> results = new LinkedHashSet<>(step.gradients().values());
    results.addAll(step.statistics().values());
    results.addAll(step.numbers().values());
    return found(step.graph(), results, shapes);
  }

  /**
   * DCGAN at 28 pixels normalises twice in the generator, on vectors and images, and once in the
   * discriminator, which meets real and fake examples.
   */
  @ParameterizedTest
  @CsvSource({"FLOAT", "DOUBLE"})
  void everyNormalisationAndItsGradientIsFound(DataType type) {
    Gan gan = SmallGans.images(Variants.named("dcgan"), 28, Map.of());
    assertThat(found(StepGraph.emitDiscriminatorStep(gan, 4, type))).containsExactly(4, 2);
    assertThat(found(StepGraph.emitGeneratorStep(gan, 4, type))).containsExactly(3, 3);
  }

  /** The same ops over another axis, with another divisor or of another value. */
  @ParameterizedTest
  @CsvSource({
    "true, true, true, 1",
    "false, true, true, 0",
    "true, false, true, 0",
    "true, true, false, 0"
  })
  void nothingElseIsTakenForOne(boolean channels, boolean ofTheSame, boolean scaled, int count) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 3, 4, 4, 4);
    SDVariable other = graph.placeHolder("other", DataType.DOUBLE, 3, 4, 4, 4);
    SDVariable gain = graph.placeHolder("gain", DataType.DOUBLE, 4);
    int[] axes = channels ? new int[] {0, 1, 2} : new int[] {1, 2, 3};
    SDVariable mean = (ofTheSame ? x : other).mean(!channels, axes);
    SDVariable centred = x.sub(mean);
    SDVariable variance = centred.mul(centred).mean(!channels, axes);
    SDVariable deviation = graph.math().sqrt(variance.add(1e-5));
    SDVariable y = centred.mul(scaled ? gain.div(deviation) : gain.mul(deviation)).add(gain);
    Map<String, long[]> shapes =
        Map.of("x", x.placeholderShape(), "other", x.placeholderShape(), "gain", new long[] {4});
    assertThat(found(graph, Set.of(y.name()), shapes)[0]).isEqualTo(count);
  }

  /** What is a part of a pattern may be wanted for itself. */
  @Test
  void itsPartsCanBeHadToo() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 3, 5);
    SDVariable gain = graph.placeHolder("gain", DataType.DOUBLE, 5);
    SDVariable bias = graph.placeHolder("bias", DataType.DOUBLE, 5);
    SDVariable mean = x.mean(false, 0);
    SDVariable centred = x.sub(mean);
    SDVariable variance = centred.mul(centred).mean(false, 0);
    SDVariable scale = gain.div(graph.math().sqrt(variance.add(1e-3)));
    SDVariable y = centred.mul(scale).add(bias);
    Drawn drawn = new Drawn(1);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (SDVariable input : List.of(x, gain, bias)) {
      INDArray array = drawn.array(input.name(), input.placeholderShape());
      inputs.put(input.name(), array.castTo(DataType.DOUBLE));
    }
    List<String> parts = new ArrayList<>();
    for (SDVariable part : List.of(mean, centred, variance, scale, y, y.mul(variance))) {
      parts.add(part.name());
    }
    Forms forms = new Forms(ImageLayout.CHANNELS_LAST, Forms.Bends.OPERATOR, Forms.Thin.SUBPIXEL);
    assertThat(BothPlans.run(graph, inputs, parts, forms).worst()).isLessThan(1e-10);
  }
}
