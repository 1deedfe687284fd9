package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;

/** A faster kernel is the same function as the op, where values are not finite or tiny too. */
class LoweringEdgesTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Not at 0, where the gradient of a leaky ReLU is the slope by choice. */
  private static final double[] EDGES = {
    Double.NaN, INFINITY, -INFINITY, 1, -1, 1e-30, -1e-30, 1e-37, -1e-37, 1e36, -1e36
  };

  static Stream<Arguments> functions() {
    return Stream.of(
        function("relu", x -> x.getSameDiff().nn().relu(x, 0)),
        function("relu with a cutoff", x -> x.getSameDiff().nn().relu(x, 0.5)),
        function("leaky ReLU", x -> x.getSameDiff().nn().leakyRelu(x, 0.25)),
        function("leaky ReLU, slope 0", x -> x.getSameDiff().nn().leakyRelu(x, 0)),
        function("leaky ReLU, slope 1", x -> x.getSameDiff().nn().leakyRelu(x, 1)),
        function("leaky ReLU, slope 1.5", x -> x.getSameDiff().nn().leakyRelu(x, 1.5)),
        function("leaky ReLU, slope -0.5", x -> x.getSameDiff().nn().leakyRelu(x, -0.5)),
        function("gradient of ReLU", x -> reluGradient(x, 0)),
        function("gradient of ReLU with a cutoff", x -> reluGradient(x, 0.5)),
        function("gradient of leaky ReLU, slope 1.5", x -> leakyGradient(x, 1.5)),
        function("tanh", x -> x.getSameDiff().math().tanh(x)),
        function("sigmoid", x -> x.getSameDiff().nn().sigmoid(x)),
        function("square", x -> x.getSameDiff().math().square(x)),
        function("negative", SDVariable::neg),
        function("sum", SDVariable::sum),
        function("mean", SDVariable::mean),
        function("means of columns", x -> x.mean(0)),
        function("means of rows", x -> x.mean(1)),
        function("sums of rows", x -> x.sum(true, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isTheSameAtEdges(String name, UnaryOperator<SDVariable> function) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      // Other lengths take other paths of the native kernels.
      for (int rows : new int[] {2, 3, 19}) {
        double[] values = new double[rows * EDGES.length];
        Arrays.setAll(values, i -> EDGES[i % EDGES.length]);
        INDArray x = Nd4j.createFromArray(values).castTo(type).reshape('c', rows, EDGES.length);

        assertSame(name + " of " + type + " x " + rows, x, function);
      }
    }
  }

  /** As libtorch has it, and unlike SameDiff's own op at 0 and NaN. */
  @Test
  void theGradientOfALeakyReluIsItsSlopeUnlessXIsPositive() {
    INDArray x = Nd4j.createFromArray(EDGES).castTo(DataType.FLOAT);
    SameDiff graph = SameDiff.create();
    SDVariable y = leakyGradient(graph.placeHolder("x", DataType.FLOAT, EDGES.length), 0.25);
    INDArray found = BothExecutors.plan(graph, Map.of("x", x), List.of(y.name())).get(y.name());

    assertThat(BothExecutors.values(found))
        .containsExactly(Arrays.stream(EDGES).map(edge -> edge > 0 ? 1 : 0.25).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 49, 64, 100, 1000})
  void theMeanOfEqualValuesIsTheirValue(int count) {
    for (float value : new float[] {1, 0.1f, 0.99999994f, -0.7f, 1e-40f, 3e38f}) {
      INDArray x = Nd4j.valueArrayOf(new long[] {count, 3}, value, DataType.FLOAT);
      SameDiff graph = SameDiff.create();
      SDVariable variable = graph.placeHolder("x", DataType.FLOAT, count, 3);
      for (SDVariable mean : List.of(variable.mean(0), variable.mean(true, 1))) {
        double[] found =
            BothExecutors.values(
                BothExecutors.plan(graph, Map.of("x", x), List.of(mean.name())).get(mean.name()));
        assertThat(found).as("%s of %d times %s", mean.name(), count, value).containsOnly(value);
      }
    }
  }

  /** Their sums are exact, and so are the means of however many there are. */
  @Test
  void theMeanOfManyOnesIsOne() {
    INDArray x = Nd4j.ones(DataType.FLOAT, 12544, 3);
    SameDiff graph = SameDiff.create();
    SDVariable mean = graph.placeHolder("x", DataType.FLOAT, 12544, 3).mean(0);

    INDArray found =
        BothExecutors.plan(graph, Map.of("x", x), List.of(mean.name())).get(mean.name());

    assertThat(BothExecutors.values(found)).containsOnly(1);
  }

  @Test
  void theMeanOfIntegersIsNoInteger() {
    INDArray x = Nd4j.createFromArray(new int[][] {{1, 2, 4}, {8, 9, 11}});

    assertSame("mean", x, SDVariable::mean);
    assertSame("means of columns", x, y -> y.mean(0));
    assertSame("means of rows", x, y -> y.mean(1));
    assertSame("sums of rows", x, y -> y.sum(1));
  }

  private static void assertSame(String what, INDArray x, UnaryOperator<SDVariable> function) {
    SameDiff graph = SameDiff.create();
    SDVariable y = function.apply(graph.placeHolder("x", x.dataType(), x.shape()));
    double[] found =
        BothExecutors.values(
            BothExecutors.plan(graph, Map.of("x", x), List.of(y.name())).get(y.name()));
    double[] expected =
        BothExecutors.values(
            BothExecutors.session(graph, Map.of("x", x), List.of(y.name())).get(y.name()));
    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        // Sums in another order, and a sigmoid by way of tanh, differ in the last places.
        double close = 1e-6 * Math.max(1, Math.abs(expected[i]));
        assertThat(found[i]).as("%s at %d", what, i).isCloseTo(expected[i], within(close));
      } else {
        assertThat(found[i]).as("%s at %d", what, i).isEqualTo(Double.valueOf(expected[i]));
      }
    }
  }

  private static Arguments function(String name, UnaryOperator<SDVariable> function) {
    return Arguments.arguments(name, function);
  }

  private static SDVariable reluGradient(SDVariable x, double cutoff) {
    SameDiff graph = x.getSameDiff();
    return new ThresholdReluBp(graph, x, ones(x), cutoff).outputVariable();
  }

  private static SDVariable leakyGradient(SDVariable x, double slope) {
    SameDiff graph = x.getSameDiff();
    return new LeakyReLUBp(graph, x, ones(x), slope).outputVariable();
  }

  private static SDVariable ones(SDVariable x) {
    return x.getSameDiff().constant(Nd4j.ones(x.dataType(), x.placeholderShape()));
  }
}
