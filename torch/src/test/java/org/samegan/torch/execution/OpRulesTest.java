package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.Window;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.library.Handles;

/** Every op is the same by libtorch as on ND4J, over odd shapes, strides and paddings. */
class OpRulesTest {
  /** Emits an op, or two, from inputs of given shapes. */
  private interface Emitter {
    List<SDVariable> emit(SameDiff graph, SDVariable[] x);
  }

  /** Every form occurs in one of them: the first is a GPU's, the second may be a CPU's. */
  private static final List<Forms> FORMS =
      List.of(
          Forms.OF_A_GPU,
          new Forms(ImageLayout.CHANNELS_FIRST, Forms.Bends.PRODUCT, Forms.Thin.SUBPIXEL));

  static final class Case {
    private final String name;
    private final Emitter emitter;
    private final List<long[]> shapes;

    Case(String name, Emitter emitter, long[]... shapes) {
      this.name = name;
      this.emitter = emitter;
      this.shapes = List.of(shapes);
    }

    @Override
    public String toString() {
      return name;
    }

    /** Emits it into a graph of its own, whose placeholders are x0, x1 and so on. */
    List<String> emit(SameDiff graph, DataType type) {
      SDVariable[] x = new SDVariable[shapes.size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = graph.placeHolder("x" + i, type, shapes.get(i));
      }
      return emitter.emit(graph, x).stream().map(SDVariable::name).toList();
    }
  }

  private static Case one(String name, Function<SDVariable[], SDVariable> emit, long[]... shapes) {
    return new Case(name, (graph, x) -> List.of(emit.apply(x)), shapes);
  }

  private static long[] shape(long... extents) {
    return extents;
  }

  static Stream<Case> cases() {
    return Stream.of(elementwise(), reductions(), products(), images(), moves())
        .flatMap(List::stream);
  }

  private static List<Case> elementwise() {
    long[] a = shape(3, 1, 5);
    long[] b = shape(2, 5);
    long[] scalar = shape();
    return List.of(
        one("add", x -> x[0].add(x[1]), a, b),
        one("subtract", x -> x[0].sub(x[1]), b, a),
        one("multiply", x -> x[0].mul(x[1]), a, scalar),
        one("divide", x -> x[0].div(x[1].mul(x[1]).add(1)), a, b),
        one("multiply by itself", x -> x[0].mul(x[0]), a),
        one("maximum", x -> x[0].getSameDiff().math().max(x[0], x[1]), b, b),
        one("minimum", x -> x[0].getSameDiff().math().min(x[0], x[1]), b, b),
        one("add_scalar", x -> x[0].add(0.3), a),
        one("sub_scalar", x -> x[0].sub(0.3), a),
        one("rsub_scalar", x -> x[0].rsub(0.3), a),
        one("mul_scalar", x -> x[0].mul(0.3), a),
        one("div_scalar", x -> x[0].div(0.3), a),
        one("rdiv_scalar", x -> x[0].mul(x[0]).add(1).rdiv(0.3), a),
        one("neg", x -> x[0].neg(), a),
        one("square", x -> x[0].getSameDiff().math().square(x[0]), a),
        one("exp", x -> x[0].getSameDiff().math().exp(x[0]), a),
        one("log", x -> x[0].getSameDiff().math().log(x[0].mul(x[0]).add(0.1)), a),
        one("sqrt", x -> x[0].getSameDiff().math().sqrt(x[0].mul(x[0]).add(0.1)), a),
        one("abs", x -> x[0].getSameDiff().math().abs(x[0]), a),
        one("sign", x -> x[0].getSameDiff().math().sign(x[0]), a),
        one("tanh", x -> x[0].getSameDiff().math().tanh(x[0]), a),
        one("sigmoid", x -> x[0].getSameDiff().nn().sigmoid(x[0]), scalar),
        one("relu", x -> x[0].getSameDiff().nn().relu(x[0], 0), a),
        one("relu with a cutoff", x -> x[0].getSameDiff().nn().relu(x[0], 0.2), a),
        one("leakyrelu", x -> x[0].getSameDiff().nn().leakyRelu(x[0], 0.2), a),
        one("leakyrelu of a steep slope", x -> x[0].getSameDiff().nn().leakyRelu(x[0], 1.7), a),
        one(
            "lrelu_bp",
            x -> new LeakyReLUBp(x[0].getSameDiff(), x[0], x[1], 0.2).outputVariable(),
            a,
            a),
        one(
            "thresholdedrelu_bp",
            x -> new ThresholdReluBp(x[0].getSameDiff(), x[0], x[1], 0).outputVariable(),
            a,
            a),
        one(
            "thresholdedrelu_bp with a cutoff",
            x -> new ThresholdReluBp(x[0].getSameDiff(), x[0], x[1], 0.2).outputVariable(),
            a,
            a),
        one(
            "equals and cast",
            x ->
                x[0].getSameDiff()
                    .eq(x[0].getSameDiff().math().sign(x[0]).mul(2), x[1])
                    .castTo(x[0].dataType()),
            b,
            b),
        one("with a number", x -> x[0].mul(constant(x[0], 3, 5, 1)).add(x[0]), shape(3)),
        one("with ones", x -> x[0].mul(constant(x[0], 1, 4, 3)), shape(1, 3)),
        one("with ones of its shape", x -> x[0].mul(constant(x[0], 1, 4, 3)), shape(4, 3)),
        one(
            "with an array",
            x -> x[0].sub(x[0].getSameDiff().constant(row(x[0].dataType()))),
            shape(2, 3)),
        one("identity", x -> x[0].getSameDiff().identity(x[0]), a));
  }

  private static SDVariable constant(SDVariable like, double value, long... shape) {
    return like.getSameDiff().constant(Nd4j.valueArrayOf(shape, value, like.dataType()));
  }

  private static INDArray row(DataType type) {
    return Nd4j.createFromArray(0.5, -1.5, 2.5).castTo(type);
  }

  private static List<Case> reductions() {
    long[] a = shape(3, 4, 1, 5);
    return List.of(
        one("sum of all", x -> x[0].sum(), a),
        one("sum of the first axes", x -> x[0].sum(false, 0, 1, 2), a),
        one("sum of the last, kept", x -> x[0].sum(true, 3), a),
        one("sum between", x -> x[0].sum(false, 1, 2), a),
        one("sum of a number", x -> x[0].sum(), shape()),
        one("mean of all", x -> x[0].mean(), a),
        one("mean of the first axes", x -> x[0].mean(false, 0, 1, 2), a),
        one("mean of the last, kept", x -> x[0].mean(true, 3), a),
        one("max of all", x -> x[0].max(), a),
        one("max of the last", x -> x[0].max(false, 3), a),
        one("max kept", x -> x[0].max(true, 1), a));
  }

  private static List<Case> products() {
    List<Case> cases = new ArrayList<>();
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        cases.add(
            one(
                "matmul " + ta + " " + tb,
                x -> x[0].getSameDiff().mmul(x[0], x[1], ta, tb, false),
                ta ? shape(3, 4) : shape(4, 3),
                tb ? shape(5, 3) : shape(3, 5)));
        cases.add(
            one(
                "matmul of batches " + ta + " " + tb,
                x -> x[0].getSameDiff().mmul(x[0], x[1], ta, tb, false),
                ta ? shape(2, 3, 4) : shape(2, 4, 3),
                tb ? shape(2, 5, 3) : shape(2, 3, 5)));
      }
    }
    cases.add(one("matmul of a column", x -> x[0].mmul(x[1]), shape(4, 3), shape(3, 1)));
    return cases;
  }

  private static List<Case> images() {
    List<Case> cases = new ArrayList<>();
    Window[] windows = {
      Window.square(4, 2, 1),
      Window.square(3, 1, 1),
      Window.square(1, 1, 0),
      Window.square(5, 2, 2),
      new Window(3, 2, 2, 1, 1, 0),
      new Window(2, 3, 1, 3, 0, 2)
    };
    long[][] sizes = {{2, 8, 8}, {2, 7, 9}, {1, 5, 6}, {3, 4, 4}};
    for (Window w : windows) {
      for (long[] size : sizes) {
        for (int channels : new int[] {1, 3}) {
          if (size[1] >= w.height() && size[2] >= w.width()) {
            convolutions(cases, w, size, channels);
          }
        }
      }
    }
    cases.add(one("upsampling2d", x -> up(x[0], 2, 2), shape(2, 3, 5, 4)));
    cases.add(one("upsampling2d by odd factors", x -> up(x[0], 3, 1), shape(1, 2, 2, 1)));
    cases.add(one("avgpool2d", x -> pool(x[0], 2, 2), shape(2, 4, 6, 3)));
    cases.add(one("avgpool2d of odd squares", x -> pool(x[0], 3, 1), shape(2, 6, 5, 1)));
    cases.add(
        one(
            "batchnorm",
            x -> normalised(x, 3),
            shape(2, 3, 4, 5),
            shape(5),
            shape(5),
            shape(5),
            shape(5)));
    cases.add(
        one(
            "batchnorm of vectors",
            x -> normalised(x, 1),
            shape(4, 5),
            shape(5),
            shape(5),
            shape(5),
            shape(5)));
    return cases;
  }

  private static SDVariable up(SDVariable x, int height, int width) {
    return x.getSameDiff().cnn().upsampling2d(x, height, width, false);
  }

  private static SDVariable pool(SDVariable x, int height, int width) {
    return x.getSameDiff().cnn().avgPooling2d(x, Window.tile(height, width).pooling());
  }

  private static SDVariable normalised(SDVariable[] x, int axis) {
    SDVariable variance = x[2].mul(x[2]).add(0.1);
    return x[0].getSameDiff().nn().batchNorm(x[0], x[1], variance, x[3], x[4], 1e-3, axis);
  }

  private static void convolutions(List<Case> cases, Window w, long[] size, int channels) {
    long[] large = shape(size[0], size[1], size[2], channels);
    long[] weight = shape(w.height(), w.width(), channels, 2);
    long rows = (size[1] + 2L * w.padHeight() - w.height()) / w.strideHeight() + 1;
    long columns = (size[2] + 2L * w.padWidth() - w.width()) / w.strideWidth() + 1;
    long[] small = shape(size[0], rows, columns, 2);
    long[] spread =
        shape(
            size[0],
            (rows - 1) * w.strideHeight() + w.height() - 2L * w.padHeight(),
            (columns - 1) * w.strideWidth() + w.width() - 2L * w.padWidth(),
            channels);
    String of = " " + w + " of " + large[0] + "x" + large[1] + "x" + large[2] + "x" + channels;
    cases.add(
        one(
            "conv2d" + of,
            x -> x[0].getSameDiff().cnn().conv2d(x[0], x[1], w.convolution()),
            large,
            weight));
    cases.add(
        new Case(
            "conv2d_bp" + of,
            (graph, x) ->
                List.of(new Conv2DDerivative(graph, x, w.convolution()).outputVariables()),
            large,
            weight,
            small));
    if (spread[1] > 0 && spread[2] > 0) {
      cases.add(
          one(
              "deconv2d" + of,
              x -> x[0].getSameDiff().cnn().deconv2d(x[0], x[1], w.transposed()),
              small,
              weight));
      cases.add(
          new Case(
              "deconv2d_bp" + of,
              (graph, x) ->
                  List.of(new DeConv2DDerivative(graph, x, w.transposed()).outputVariables()),
              small,
              weight,
              spread));
    }
  }

  private static List<Case> moves() {
    return List.of(
        one("reshape", x -> x[0].reshape(5, 3, 4), shape(3, 4, 5)),
        one("reshape of images", x -> up(x[0], 2, 1).reshape(2, -1).mul(2), shape(2, 3, 2, 4)),
        one("concat", x -> x[0].getSameDiff().concat(1, x), shape(2, 3), shape(2, 1)),
        one(
            "concat of channels",
            x -> x[0].getSameDiff().concat(3, x),
            shape(2, 2, 2, 3),
            shape(2, 2, 2, 1)),
        one(
            "strided_slice",
            x ->
                x[0].getSameDiff()
                    .stridedSlice(
                        x[0],
                        new long[] {0, 1, 2, 0},
                        new long[] {0, 3, 4, 0},
                        new long[] {1, 1, 1, 1},
                        0b1001,
                        0b1001,
                        0,
                        0,
                        0),
            shape(2, 4, 5, 3)),
        one("pad", x -> pad(x[0], 1, 0, 2, 1), shape(2, 3, 4, 2)),
        one("pad with empty margins", x -> pad(x[0], 0, 0, 0, 0), shape(2, 3, 4, 2)));
  }

  private static SDVariable pad(SDVariable x, int top, int bottom, int left, int right) {
    int[][] margins = {{0, 0}, {top, bottom}, {left, right}, {0, 0}};
    SameDiff graph = x.getSameDiff();
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void areTheSameAsOnNd4j(Case tested) {
    long handles = Handles.live();
    for (Forms forms : FORMS) {
      assertThat(run(tested, DataType.DOUBLE, forms).worst()).isLessThan(1e-10);
      assertThat(run(tested, DataType.FLOAT, forms).worst()).isLessThan(1e-5);
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static BothPlans.Results run(Case tested, DataType type, Forms forms) {
    Random random = new Random(3);
    SameDiff graph = SameDiff.create();
    List<String> results = tested.emit(graph, type);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (int i = 0; i < tested.shapes.size(); i++) {
      INDArray array = Nd4j.create(type, tested.shapes.get(i));
      for (long j = 0; j < array.length(); j++) {
        array.putScalar(j, random.nextGaussian());
      }
      inputs.put("x" + i, array);
    }
    return BothPlans.run(graph, inputs, results, forms);
  }

  @Test
  void everyRuleHasACase() {
    TreeSet<String> met = new TreeSet<>();
    cases()
        .forEach(
            tested -> {
              SameDiff graph = SameDiff.create();
              tested.emit(graph, DataType.DOUBLE);
              for (SameDiffOp op : graph.getOps().values()) {
                met.add(op.getOp().opName());
              }
            });
    met.add("stop_gradient"); // an identity, in every step of sngan
    assertThat(met).containsAll(OpRules.names());
  }

  @Test
  void anUnknownOpIsRefusedByName() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
    String name = graph.math().cosh("angle", x).name();
    Map<String, INDArray> inputs = Map.of("x", Nd4j.zeros(DataType.FLOAT, 2, 3));
    assertThatThrownBy(
            () -> BothPlans.run(graph, inputs, List.of(name), Forms.of(TestLibrary.cpu())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("op 'cosh' of 'angle'")
        .hasMessageContaining("supported: abs, add,");
  }
}
