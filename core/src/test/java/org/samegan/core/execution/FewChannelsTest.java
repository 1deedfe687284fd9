package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.Window;

/** Convolutions of images with few channels are what their definition says, sum by sum. */
class FewChannelsTest {
  private static final int BATCH = 2;
  private static final int FILTERS = 5;

  /** How many pixels the larger image has in each direction, and in how many channels. */
  record Case(Window window, int height, int width, int channels) {
    int rows() {
      return (height + 2 * window.padHeight() - window.height()) / window.strideHeight() + 1;
    }

    int columns() {
      return (width + 2 * window.padWidth() - window.width()) / window.strideWidth() + 1;
    }

    /** Calls with every pixel of a window that lies in the image. */
    void each(Visitor visitor) {
      for (int b = 0; b < BATCH; b++) {
        for (int place = 0; place < rows() * columns(); place++) {
          for (int at = 0; at < window.height() * window.width(); at++) {
            int y = place / columns() * window.strideHeight() + at / window.width();
            int x = place % columns() * window.strideWidth() + at % window.width();
            y -= window.padHeight();
            x -= window.padWidth();
            for (int c = 0; c < channels && y >= 0 && y < height && x >= 0 && x < width; c++) {
              int large = ((b * height + y) * width + x) * channels + c;
              for (int f = 0; f < FILTERS; f++) {
                int small = (b * rows() * columns() + place) * FILTERS + f;
                visitor.product(large, small, (at * channels + c) * FILTERS + f);
              }
            }
          }
        }
      }
    }
  }

  private interface Visitor {
    void product(int large, int small, int weight);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int channels : new int[] {1, 3, 4, 5}) {
      cases.add(new Case(Window.square(4, 2, 1), 8, 8, channels));
      cases.add(new Case(Window.square(5, 2, 0), 9, 13, channels));
    }
    cases.add(new Case(Window.square(5, 2, 2), 9, 7, 1));
    cases.add(new Case(Window.square(3, 1, 1), 5, 6, 2));
    cases.add(new Case(Window.square(3, 3, 0), 9, 6, 1));
    // The first has a row that no window reaches, the second one that no tile reaches.
    cases.add(new Case(Window.square(5, 2, 0), 10, 9, 1));
    cases.add(new Case(Window.square(4, 2, 0), 9, 8, 1));
    cases.add(new Case(new Window(4, 3, 2, 1, 1, 0), 8, 7, 3));
    cases.add(new Case(new Window(2, 5, 3, 2, 0, 2), 8, 9, 1));
    return cases.stream();
  }

  private final Random random = new Random(3);

  private double[] draw(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static INDArray array(DataType type, double[] values, long... shape) {
    return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areWhatTheirDefinitionSays(Case of) {
    Window w = of.window();
    double[] large = draw(BATCH * of.height() * of.width() * of.channels());
    double[] small = draw(BATCH * of.rows() * of.columns() * FILTERS);
    double[] weight = draw(w.height() * w.width() * of.channels() * FILTERS);
    double[] gathered = new double[small.length];
    double[] spread = new double[large.length];
    double[] product = new double[weight.length];
    of.each(
        (l, s, k) -> {
          gathered[s] += large[l] * weight[k];
          spread[l] += small[s] * weight[k];
          product[k] += large[l] * small[s];
        });

    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      // Both gradients, and each alone: what isn't asked for isn't computed.
      for (int wanted = 1; wanted < 4; wanted++) {
        SameDiff graph = SameDiff.create();
        SDVariable x =
            graph.placeHolder("large", type, BATCH, of.height(), of.width(), of.channels());
        SDVariable g = graph.placeHolder("small", type, BATCH, of.rows(), of.columns(), FILTERS);
        SDVariable k =
            graph.placeHolder("weight", type, w.height(), w.width(), of.channels(), FILTERS);
        SDVariable[] backward =
            new Conv2DDerivative(graph, new SDVariable[] {x, k, g}, w.convolution())
                .outputVariables();
        Map<SDVariable, double[]> expected = new LinkedHashMap<>();
        if (wanted != 2) {
          expected.put(backward[0], spread);
        }
        if (wanted != 1) {
          expected.put(backward[1], product);
        }
        if (reachesAll(of)) {
          expected.put(graph.cnn().deconv2d(g, k, w.transposed()), spread);
          SDVariable[] transposed =
              new DeConv2DDerivative(graph, new SDVariable[] {g, k, x}, w.transposed())
                  .outputVariables();
          if (wanted != 2) {
            expected.put(transposed[0], gathered);
          }
          if (wanted != 1) {
            expected.put(transposed[1], product);
          }
        }
        require(
            graph,
            Map.of(
                "large", array(type, large, x.placeholderShape()),
                "small", array(type, small, g.placeholderShape()),
                "weight", array(type, weight, k.placeholderShape())),
            expected,
            type);
      }
    }
  }

  /** Whether the larger image is as large as the transposed convolution's result. */
  private static boolean reachesAll(Case of) {
    Window w = of.window();
    return (of.rows() - 1) * w.strideHeight() + w.height() - 2 * w.padHeight() == of.height()
        && (of.columns() - 1) * w.strideWidth() + w.width() - 2 * w.padWidth() == of.width();
  }

  private static void require(
      SameDiff graph,
      Map<String, INDArray> inputs,
      Map<SDVariable, double[]> expected,
      DataType type) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    Map<String, double[]> values = new LinkedHashMap<>();
    expected.forEach(
        (variable, numbers) -> {
          values.put(variable.name(), numbers);
          results.put(variable.name(), null);
        });
    var shapes = new LinkedHashMap<String, long[]>();
    inputs.forEach((name, array) -> shapes.put(name, array.shape()));
    var found = new StaticShapes(graph, shapes);
    results.replaceAll(
        (name, none) -> Nd4j.valueArrayOf(found.of(name), Double.NaN, type).dup('c'));
    try (Plan plan = Plan.compile(graph, inputs, results)) {
      plan.run();
    }
    double most = type == DataType.DOUBLE ? 1e-12 : 2e-5;
    values.forEach(
        (name, numbers) ->
            assertThat(results.get(name).castTo(DataType.DOUBLE).data().asDouble())
                .as(name + " in " + type)
                .containsExactly(numbers, Offset.offset(most)));
  }
}
