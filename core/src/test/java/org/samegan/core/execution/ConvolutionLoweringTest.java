package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.execution.Borders.Border;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.Window;

/** Borders that are added to images and cut off are the window's padding, and change no number. */
class ConvolutionLoweringTest {
  private static final int BATCH = 2;
  private static final int EXTENT = 9;
  private static final int FILTERS = 5;

  record Case(Window window, Border border, int channels) {
    long small(long large) {
      return (large + 2L * window.padHeight() - window.height()) / window.strideHeight() + 1;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Border[] borders = {
      new Border(2, 2, 2, 2), new Border(1, 2, 1, 2), new Border(3, 0, 4, 5), new Border(0, 0, 1, 0)
    };
    for (int channels : new int[] {1, 6}) {
      for (Border border : borders) {
        cases.add(new Case(Window.square(5, 2, 0), border, channels));
        cases.add(new Case(Window.square(4, 2, 1), border, channels));
        cases.add(new Case(Window.square(3, 1, 0), border, channels));
      }
    }
    return cases.stream();
  }

  private final SameDiff graph = SameDiff.create();
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final Random random = new Random(5);

  private SDVariable input(long... shape) {
    String name = "x" + inputs.size();
    long count = 1;
    for (long extent : shape) {
      count *= extent;
    }
    double[] values = random.doubles(count, -1, 1).toArray();
    inputs.put(name, Nd4j.createFromArray(values).reshape('c', shape));
    return graph.placeHolder(name, DataType.DOUBLE, shape);
  }

  private SDVariable padded(SDVariable x, Border b) {
    int[][] amounts = {{0, 0}, {b.top(), b.bottom()}, {b.left(), b.right()}, {0, 0}};
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(amounts)), PadMode.CONSTANT, 0);
  }

  private SDVariable cut(SDVariable x, Border b, long... shape) {
    long[] begin = {0, b.top(), b.left(), 0};
    long[] end = {shape[0], shape[1] - b.bottom(), shape[2] - b.right(), shape[3]};
    return graph.stridedSlice(x, begin, end, new long[] {1, 1, 1, 1}, 0, 0, 0, 0, 0);
  }

  private List<Kernel> kernels(List<String> wanted) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    inputs.forEach((name, array) -> shapes.put(name, array.shape()));
    Lowering lowering =
        new Lowering(graph, new StaticShapes(graph, shapes), inputs, new LinkedHashSet<>(wanted));
    lowering.lower();
    return lowering.kernels().kernels();
  }

  private static List<String> names(SDVariable... variables) {
    return Stream.of(variables).map(SDVariable::name).toList();
  }

  /** A convolution of padded images, and both its gradients, of which one is cut. */
  @ParameterizedTest
  @MethodSource("cases")
  void ofConvolutions(Case of) {
    Window w = of.window();
    SDVariable x = padded(input(BATCH, EXTENT, EXTENT, of.channels()), of.border());
    long[] large = of.border().around(new long[] {BATCH, EXTENT, EXTENT, of.channels()});
    SDVariable weight = input(w.height(), w.width(), of.channels(), FILTERS);
    SDVariable g = input(BATCH, of.small(large[1]), of.small(large[2]), FILTERS);
    SDVariable[] both =
        new Conv2DDerivative(graph, new SDVariable[] {x, weight, g}, w.convolution())
            .outputVariables();
    SDVariable y = graph.cnn().conv2d(x, weight, w.convolution());
    SDVariable inner = cut(both[0], of.border(), large);
    BothExecutors.evaluate(graph, inputs, names(y, inner, both[1]));
    BothExecutors.evaluate(graph, inputs, names(y, both[0], inner));
    BothExecutors.evaluate(graph, inputs, names(both[1]));
    // Another border than that of what was convolved.
    Border other = new Border(1, 0, 0, 2);
    SDVariable elsewhere = cut(graph.math().abs(both[0]), other, large);
    BothExecutors.evaluate(graph, inputs, names(elsewhere, both[1]));
  }

  /** A transposed convolution that is cut, and both its gradients from a padded one. */
  @ParameterizedTest
  @MethodSource("cases")
  void ofTransposedConvolutions(Case of) {
    Window w = of.window();
    SDVariable x = input(BATCH, EXTENT, EXTENT, FILTERS);
    SDVariable weight = input(w.height(), w.width(), of.channels(), FILTERS);
    int extent = (EXTENT - 1) * w.strideHeight() + w.height() - 2 * w.padHeight();
    long[] large = {BATCH, extent, extent, of.channels()};
    SDVariable y = graph.cnn().deconv2d(x, weight, w.transposed());
    SDVariable inner = cut(y, of.border(), large);
    Border b = of.border();
    SDVariable g =
        padded(
            input(
                BATCH, extent - b.top() - b.bottom(), extent - b.left() - b.right(), of.channels()),
            b);
    SDVariable[] both =
        new DeConv2DDerivative(graph, new SDVariable[] {x, weight, g}, w.transposed())
            .outputVariables();
    BothExecutors.evaluate(graph, inputs, names(inner, both[0], both[1]));
    BothExecutors.evaluate(graph, inputs, names(y, inner, both[0]));
    BothExecutors.evaluate(graph, inputs, names(g, both[1]));
  }

  @Test
  void noImageIsPaddedWhereTheWindowCan() {
    Window w = Window.square(5, 2, 0);
    Border b = new Border(2, 2, 1, 2);
    SDVariable x = padded(input(BATCH, EXTENT, EXTENT, 6), b);
    SDVariable y = graph.cnn().conv2d(x, input(5, 5, 6, FILTERS), w.convolution());
    List<Kernel> kernels = kernels(names(y));
    assertThat(kernels).extracting(Kernel::name).containsExactly("pad", "conv2d");
    assertThat(kernels.get(0).outputs().get(0).shape())
        .as("the one column that only one side has")
        .containsExactly(BATCH, EXTENT, EXTENT + 1, 6);
  }
}
