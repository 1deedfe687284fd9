package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.Window;

/** What a plan says its calls do, beside work that is counted by hand or by loops. */
class PlannedCallsTest {
  private static final int BATCH = 2;
  private static final int SIZE = 9;

  /** So many that convolutions are computed as they are. */
  private static final int CHANNELS = 6;

  private static final int FILTERS = 5;
  private static final Window WINDOW = Window.square(4, 2, 1);

  private final SameDiff graph = SameDiff.create();
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();

  /** Keeps what it is told. */
  private static final class Told implements CallTimer {
    private List<PlannedCall> calls;
    private final List<Integer> took = new ArrayList<>();
    private int runs;

    @Override
    public void calls(List<PlannedCall> all) {
      calls = all;
    }

    @Override
    public void took(int call, long start, long end) {
      assertThat(end).isGreaterThanOrEqualTo(start);
      took.add(call);
    }

    @Override
    public void ran(long start, long end) {
      runs++;
    }
  }

  private SDVariable input(String name, long... shape) {
    inputs.put(name, Nd4j.rand(DataType.FLOAT, shape));
    return graph.placeHolder(name, DataType.FLOAT, shape);
  }

  private List<PlannedCall> calls(SDVariable... wanted) {
    Map<String, long[]> placeholders = new LinkedHashMap<>();
    inputs.forEach((name, array) -> placeholders.put(name, array.shape()));
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    Map<String, INDArray> results = new LinkedHashMap<>();
    for (SDVariable variable : wanted) {
      results.put(variable.name(), Nd4j.zeros(DataType.FLOAT, shapes.of(variable.name())));
    }
    Told told = new Told();
    try (Plan plan = Plan.compile(graph, inputs, results)) {
      plan.run();
      List<float[]> untimed = results.values().stream().map(y -> y.dup().data().asFloat()).toList();
      plan.time(told);
      plan.run();
      plan.run();
      List<float[]> timed = results.values().stream().map(y -> y.dup().data().asFloat()).toList();
      assertThat(timed).usingRecursiveComparison().isEqualTo(untimed);
    }
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < 2 * told.calls.size(); i++) {
      inOrder.add(i % told.calls.size());
    }
    assertThat(told.took).isEqualTo(inOrder);
    assertThat(told.runs).isEqualTo(2);
    return told.calls;
  }

  private PlannedCall only(SDVariable... wanted) {
    List<PlannedCall> calls = calls(wanted);
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }

  /** Multiply-adds of a convolution from larger images to smaller ones, one by one. */
  private static long multiplyAdds(int smaller) {
    long count = 0;
    for (int image = 0; image < BATCH; image++) {
      for (int y = 0; y < smaller; y++) {
        for (int x = 0; x < smaller; x++) {
          for (int filter = 0; filter < FILTERS; filter++) {
            for (int row = 0; row < WINDOW.height(); row++) {
              for (int column = 0; column < WINDOW.width(); column++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                  count++;
                }
              }
            }
          }
        }
      }
    }
    return count;
  }

  private SDVariable weight() {
    return input("generator/1_conv/weight", 4, 4, CHANNELS, FILTERS);
  }

  @Test
  void countsAConvolution() {
    SDVariable x = input("x", BATCH, SIZE, SIZE, CHANNELS);
    PlannedCall call = only(graph.cnn().conv2d(x, weight(), WINDOW.convolution()));
    assertThat(call.op()).isEqualTo("conv2d");
    assertThat(call.scopes()).containsExactly("generator/1_conv");
    assertThat(call.inputs()).containsExactly(List.of(2L, 9L, 9L, 6L), List.of(4L, 4L, 6L, 5L));
    assertThat(call.outputs()).containsExactly(List.of(2L, 4L, 4L, 5L));
    assertThat(call.flops()).isEqualTo(2 * multiplyAdds(4));
    assertThat(call.bytesRead()).isEqualTo(4 * (2 * 9 * 9 * 6 + 4 * 4 * 6 * 5));
    assertThat(call.bytesWritten()).isEqualTo(4 * (2 * 4 * 4 * 5));
  }

  @Test
  void countsATransposedConvolution() {
    SDVariable x = input("x", BATCH, 4, 4, FILTERS);
    PlannedCall call = only(graph.cnn().deconv2d(x, weight(), WINDOW.transposed()));
    assertThat(call.op()).isEqualTo("deconv2d");
    assertThat(call.outputs()).containsExactly(List.of(2L, 8L, 8L, 6L));
    assertThat(call.flops()).isEqualTo(2 * multiplyAdds(4));
  }

  @Test
  void countsBothGradients() {
    SDVariable x = input("x", BATCH, SIZE, SIZE, CHANNELS);
    SDVariable g = input("g", BATCH, 4, 4, FILTERS);
    SDVariable[] of = {x, weight(), g};
    PlannedCall call =
        only(new Conv2DDerivative(graph, of, WINDOW.convolution()).outputVariables());
    assertThat(call.op()).isEqualTo("conv2d_bp");
    assertThat(call.flops()).isEqualTo(2 * 2 * multiplyAdds(4));
  }

  @Test
  void countsBothGradientsOfATransposedConvolution() {
    SDVariable x = input("x", BATCH, 4, 4, FILTERS);
    SDVariable g = input("g", BATCH, 8, 8, CHANNELS);
    SDVariable[] of = {x, weight(), g};
    PlannedCall call =
        only(new DeConv2DDerivative(graph, of, WINDOW.transposed()).outputVariables());
    assertThat(call.op()).isEqualTo("deconv2d_bp");
    assertThat(call.flops()).isEqualTo(2 * 2 * multiplyAdds(4));
  }

  @Test
  void countsProductsHoweverTheirOperandsLie() {
    // 7x5 by 5x11: 77 sums of 5 products each
    long expected = 2 * 77 * 5;
    SDVariable a = input("a", 7, 5);
    SDVariable b = input("b", 5, 11);
    SDVariable at = input("at", 5, 7);
    SDVariable bt = input("bt", 11, 5);
    assertThat(calls(a.mmul(b), graph.mmul(at, bt, true, true, false)))
        .allMatch(call -> call.op().equals("matmul"))
        .extracting(PlannedCall::flops)
        .containsExactly(expected, expected);
  }

  @Test
  void countsElementsOfResultsAndOfWhatIsReduced() {
    SDVariable x = input("x", 3, 4, 5);
    SDVariable row = input("row", 5);
    assertThat(only(x.add(row)).flops()).isEqualTo(60);
    assertThat(only(graph.math().tanh(x)).flops()).isEqualTo(60);
    assertThat(only(x.max(1)).flops()).isEqualTo(60);
    PlannedCall concat = only(graph.concat(0, x, x));
    assertThat(concat.flops()).isZero();
    // What is read twice is one array.
    assertThat(concat.bytesRead()).isEqualTo(4 * 60);
    assertThat(concat.bytesWritten()).isEqualTo(4 * 120);
  }

  /** A weight that was changed is still the layer's; activations are nobody's. */
  @Test
  void tellsWhereVariablesLie() {
    SDVariable x = input("real", 4, 3);
    SDVariable weight = input("discriminator/0_dense/weight", 3, 3);
    SDVariable noise = input("discriminator_step/real/1_dropout/mask", 4, 3);
    SDVariable scaled = graph.math().tanh(weight);
    SDVariable y = x.mmul(scaled);
    SDVariable z = graph.math().tanh(y).mul(noise);
    assertThat(calls(z))
        .extracting(PlannedCall::scopes)
        .containsExactly(
            List.of("discriminator/0_dense"),
            List.of("discriminator/0_dense"),
            List.of(),
            List.of("discriminator_step/real/1_dropout"));
  }
}
