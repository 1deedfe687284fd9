package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.Window;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.Handles;

/** Zeros around what convolutions read, and slices of what they give, become their padding. */
class MarginsTest {
  private static final int BATCH = 2;
  private static final int LARGE = 9;

  private final SameDiff graph = SameDiff.create();
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final List<String> results = new ArrayList<>();

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Window window :
        List.of(Window.square(5, 2, 0), Window.square(3, 1, 1), Window.square(1, 1, 0))) {
      for (Margins margins :
          List.of(
              new Margins(2, 2, 2, 2),
              new Margins(1, 2, 1, 2),
              new Margins(0, 1, 2, 0),
              new Margins(3, 0, 1, 4),
              new Margins(5, 6, 7, 5))) {
        cases.add(Arguments.of(window, margins));
      }
    }
    return cases.stream();
  }

  private SDVariable input(DataType type, long... shape) {
    String name = "x" + inputs.size();
    Random random = new Random(inputs.size());
    INDArray array = Nd4j.create(type, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    inputs.put(name, array);
    return graph.placeHolder(name, type, shape);
  }

  private SDVariable padded(SDVariable x, Margins m) {
    int[][] margins = {
      {0, 0}, {(int) m.top(), (int) m.bottom()}, {(int) m.left(), (int) m.right()}, {0, 0}
    };
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }

  private SDVariable cut(SDVariable x, Margins m, long rows, long columns) {
    return graph.stridedSlice(
        x,
        new long[] {0, m.top(), m.left(), 0},
        new long[] {0, m.top() + rows, m.left() + columns, 0},
        new long[] {1, 1, 1, 1},
        0b1001,
        0b1001,
        0,
        0,
        0);
  }

  private void wanted(SDVariable... variables) {
    for (SDVariable variable : variables) {
      results.add(variable.name());
    }
  }

  private static long small(Window w, long extent) {
    return (extent + 2L * w.padHeight() - w.height()) / w.strideHeight() + 1;
  }

  private static long spread(Window w, long extent) {
    return (extent - 1) * w.strideHeight() + w.height() - 2L * w.padHeight();
  }

  private void requireSame(DataType type) {
    long handles = Handles.live();
    for (ImageLayout layout : ImageLayout.values()) {
      for (Forms.Thin thin : Forms.Thin.values()) {
        Forms forms = new Forms(layout, Forms.Bends.OPERATOR, thin);
        assertThat(BothPlans.run(graph, inputs, results, forms).worst())
            .isLessThan(type == DataType.DOUBLE ? 1e-10 : 1e-5);
      }
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  /** A convolution of what is padded, both its gradients, and once more with everything kept. */
  @ParameterizedTest
  @MethodSource("cases")
  void ofConvolutions(Window w, Margins m) {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      for (boolean whole : new boolean[] {false, true}) {
        MarginsTest test = new MarginsTest();
        SDVariable x = test.padded(test.input(type, BATCH, LARGE, LARGE, 3), m);
        SDVariable weight = test.input(type, w.height(), w.width(), 3, 2);
        long rows = small(w, LARGE + m.top() + m.bottom());
        long columns = small(w, LARGE + m.left() + m.right());
        SDVariable g = test.input(type, BATCH, rows, columns, 2);
        SDVariable[] both =
            new Conv2DDerivative(test.graph, new SDVariable[] {x, weight, g}, w.convolution())
                .outputVariables();
        test.wanted(
            test.graph.cnn().conv2d(x, weight, w.convolution()),
            test.cut(both[0], m, LARGE, LARGE),
            test.cut(both[0], new Margins(1, 0, 0, 1), LARGE - 1, LARGE - 1),
            both[1]);
        if (whole) {
          test.wanted(both[0], x);
        }
        test.requireSame(type);
      }
    }
  }

  /** A slice of a transposed convolution, and both gradients from a padded one. */
  @ParameterizedTest
  @MethodSource("cases")
  void ofTransposedConvolutions(Window w, Margins m) {
    long rows = spread(w, LARGE) - m.top() - m.bottom();
    long columns = spread(w, LARGE) - m.left() - m.right();
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      if (rows < 1 || columns < 1) {
        continue;
      }
      MarginsTest test = new MarginsTest();
      SDVariable x = test.input(type, BATCH, LARGE, LARGE, 2);
      SDVariable weight = test.input(type, w.height(), w.width(), 3, 2);
      SDVariable g = test.padded(test.input(type, BATCH, rows, columns, 3), m);
      SDVariable y = test.graph.cnn().deconv2d(x, weight, w.transposed());
      test.wanted(test.cut(y, m, rows, columns));
      test.wanted(
          new DeConv2DDerivative(test.graph, new SDVariable[] {x, weight, g}, w.transposed())
              .outputVariables());
      test.requireSame(type);
    }
  }

  private static int length(Window w, Margins around) {
    MarginsTest test = new MarginsTest();
    SDVariable x = test.input(DataType.FLOAT, BATCH, LARGE, LARGE, 3);
    SDVariable weight = test.input(DataType.FLOAT, w.height(), w.width(), 3, 2);
    SDVariable from = around.isNone() ? x : test.padded(x, around);
    SDVariable y = test.graph.cnn().conv2d(from, weight, w.convolution());
    TorchDevice device = TestLibrary.cpu();
    long extent = small(w, LARGE + around.top() + around.bottom());
    Map<String, DeviceTensor> given = new LinkedHashMap<>();
    test.inputs.forEach((name, array) -> given.put(name, device.copyOf(array)));
    try (DeviceTensor result = device.allocate(DataType.FLOAT, BATCH, extent, extent, 2);
        TorchPlan plan =
            TorchPlan.compile(
                device, Forms.of(device), test.graph, given, Map.of(y.name(), result))) {
      return plan.length();
    } finally {
      given.values().forEach(DeviceTensor::close);
    }
  }

  @Test
  void whatIsTheSameAtBothEndsCostsNoCall() {
    Window unpadded = Window.square(5, 2, 0);
    int alone = length(Window.square(5, 2, 2), Margins.NONE);
    assertThat(length(unpadded, new Margins(2, 2, 2, 2))).isEqualTo(alone);
    assertThat(length(unpadded, new Margins(1, 2, 1, 2))).isEqualTo(alone + 1);
  }
}
