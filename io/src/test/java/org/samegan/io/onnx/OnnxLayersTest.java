package org.samegan.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Maxout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.layer.Upsample;
import org.samegan.core.layer.Variable;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.io.layout.AxisOrder;

/** Every kind of layer by ONNX Runtime, against SameDiff's session. */
class OnnxLayersTest {
  private static final Shape VECTOR = Shape.of(24);

  /** Height, width and channels differ, so that no two of them can be taken for each other. */
  private static final Shape IMAGE = Shape.of(6, 4, 3);

  private static Conv2d conv(int channels) {
    return new Conv2d(channels, 3, 1, Padding.of(1));
  }

  private static ConvTranspose2d up(int kernel, int stride, Padding padding) {
    return new ConvTranspose2d(2, kernel, stride, padding);
  }

  static List<Network> networks() {
    Reshape flat = Reshape.to(72);
    Initializer normal = new Initializer.Normal(0, 1);
    return List.of(
        Network.of(VECTOR, new Dense(5), new Activation.Tanh()),
        Network.of(VECTOR, new Dense(5, false, normal), new Activation.Sigmoid()),
        Network.of(VECTOR, new Dropout(0.5)),
        Network.of(VECTOR, new Maxout(3, 4, normal), new Activation.LeakyRelu(0.2), new Dense(1)),
        Network.of(IMAGE, flat, new Maxout(3, 4, normal)),
        Network.of(IMAGE, flat, new Activation.Relu(), new Dropout(0.9), new Dense(2)),
        // From a vector to an image: by a dense layer's weights, or by moving values.
        Network.of(
            VECTOR,
            new Dense(24),
            new Activation.LeakyRelu(0.3),
            Reshape.to(4, 3, 2),
            new Activation.Relu(),
            conv(2)),
        Network.of(VECTOR, new Dense(24), new LayerNorm(), Reshape.to(4, 3, 2), conv(2)),
        Network.of(VECTOR, new Activation.Relu(), Reshape.to(4, 3, 2), conv(2)),
        Network.of(VECTOR, Reshape.to(1, 1, 24), up(4, 1, Padding.of(0))),
        Network.of(VECTOR, Reshape.to(6, 4, 1), conv(2)),
        Network.of(VECTOR, new Dense(24), Reshape.to(6, 4), Reshape.to(24), new Dense(3)),
        // From an image to a vector and on.
        Network.of(IMAGE, flat),
        Network.of(IMAGE, Reshape.to(9, 8)),
        Network.of(IMAGE, Reshape.to(9, 8), new BatchNorm(), new LayerNorm(), Reshape.to(72)),
        Network.of(IMAGE, Reshape.to(2, 9, 4), conv(1)),
        Network.of(IMAGE, flat, new Activation.Tanh(), new Reshape(IMAGE), conv(1)),
        Network.of(IMAGE, flat, new Activation.Relu(), new BatchNorm(), new Dense(2)),
        Network.of(IMAGE, flat, new LayerNorm(), new Dense(2)),
        Network.of(IMAGE, flat, new Residual(List.of(new Dense(72)), List.of()), new Dense(2)),
        Network.of(
            IMAGE,
            flat,
            new Residual(List.of(new Activation.Relu()), List.of(new Dropout(0.5), new Dense(72)))),
        // Images.
        Network.of(IMAGE, new Conv2d(4, 3, 2, Padding.SAME), new Activation.Relu()),
        Network.of(IMAGE, new Conv2d(4, 4, 3, Padding.SAME).withoutBias()),
        Network.of(IMAGE, new Conv2d(4, 2, 1, Padding.SAME)),
        Network.of(IMAGE, new Conv2d(4, 5, 2, Padding.of(2))),
        Network.of(IMAGE, new Conv2d(1, 4, 1, Padding.of(0)), new Activation.Tanh()),
        Network.of(IMAGE, new SpectralNorm(new Conv2d(4, 3, 2, Padding.of(1))), new BatchNorm()),
        Network.of(IMAGE, flat, new SpectralNorm(new Dense(2))),
        Network.of(IMAGE, up(4, 2, Padding.of(1)).withoutBias()),
        Network.of(IMAGE, up(5, 2, Padding.SAME)),
        Network.of(IMAGE, up(5, 3, Padding.SAME)),
        Network.of(IMAGE, up(2, 2, Padding.SAME)),
        Network.of(IMAGE, new Crop(5, 2), conv(1)),
        Network.of(IMAGE, new Upsample(3), conv(1)),
        Network.of(IMAGE, new AveragePool(2), conv(1)),
        Network.of(IMAGE, new BatchNorm(0.9, 0.01, Initializer.ONES), new Activation.Relu()),
        Network.of(IMAGE, new LayerNorm(0.01), new Activation.Relu()),
        Network.of(
            IMAGE,
            new Residual(
                List.of(new LayerNorm(), new Activation.Relu(), conv(5), new AveragePool(2)),
                List.of(new AveragePool(2), new Conv2d(5, 1, 1, Padding.of(0)))),
            new Residual(List.of(new Residual(List.of(conv(5)), List.of())), List.of())));
  }

  @Test
  void everyKindOfLayerHasARuleOrIsFolded() {
    Set<Class<?>> all = new HashSet<>(OnnxLayers.kinds());
    all.add(SpectralNorm.class);
    assertThat(all).isEqualTo(kinds(Layer.class));
  }

  @Test
  void everyKindOfLayerIsTested() {
    Set<Class<?>> tested = new HashSet<>();
    networks().forEach(network -> collect(network.layers(), tested));
    assertThat(tested).isEqualTo(kinds(Layer.class));
  }

  private static void collect(List<Layer> layers, Set<Class<?>> kinds) {
    for (Layer layer : layers) {
      kinds.add(layer.getClass());
      if (layer instanceof Residual block) {
        collect(block.main(), kinds);
        collect(block.shortcut(), kinds);
      }
    }
  }

  private static Set<Class<?>> kinds(Class<?> type) {
    Set<Class<?>> kinds = new HashSet<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        kinds.addAll(kinds(permitted));
      } else {
        kinds.add(permitted);
      }
    }
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onnxRuntimeComputesTheSame(Network network) throws Exception {
    FrozenNetwork frozen = frozen(network);
    ModelInput input = ModelInput.examples("x", network.input());
    OnnxModel model = new OnnxModel(frozen.folded(), input, "y", Map.of());
    byte[] content = OnnxBytes.of(model, "test");
    for (OptLevel optimisation : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
      try (OrtSession session = session(content, optimisation)) {
        for (int batch : List.of(1, 7)) {
          compare(network, frozen, model, session, batch);
        }
      }
    }
  }

  private static OrtSession session(byte[] content, OptLevel optimisation) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(optimisation);
      options.addConfigEntry("session.strict_shape_type_inference", "1");
      options.setIntraOpNumThreads(1);
      return environment.createSession(content, options);
    }
  }

  private static void compare(
      Network network, FrozenNetwork frozen, OnnxModel model, OrtSession session, int batch)
      throws OrtException {
    float[] x = draws("x", batch * network.input().elements(), -1, 1);
    float[] expected = sameDiff(frozen, x, batch);
    ModelInput.Feed feed = model.input().feeds(Map.of("x", x), batch).get(0);
    long[] shape = feed.shape().stream().mapToLong(Long::longValue).toArray();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), (FloatBuffer) feed.values(), shape);
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
      assertThat(found.remaining()).isEqualTo(expected.length);
      float scale = 1;
      for (float value : expected) {
        scale = Math.max(scale, Math.abs(value));
      }
      Shape output = model.outputShape();
      for (int i = 0; i < expected.length; i++) {
        // Sums of up to a hundred values in another order.
        assertThat(Math.abs(found.get(place(output, i)) - expected[i]))
            .as("value %d of a batch of %d", i, batch)
            .isLessThan(1e-5f * scale);
      }
    }
  }

  /** Where ONNX has the value that is the i-th with channels last. */
  private static int place(Shape output, int i) {
    if (output.rank() != 3) {
      return i;
    }
    int c = i % output.channels();
    int x = i / output.channels() % output.get(1);
    int y = i / output.channels() / output.get(1) % output.get(0);
    int n = i / output.elements();
    return ((n * output.channels() + c) * output.get(0) + y) * output.get(1) + x;
  }

  private static float[] sameDiff(FrozenNetwork frozen, float[] x, int batch) {
    InferenceGraph emitted = InferenceGraph.emit(frozen, "in", "out");
    INDArray input = Nd4j.createFromArray(x).reshape('c', frozen.network().input().batch(batch));
    if (emitted.graph().getOps().isEmpty()) {
      return x;
    }
    return emitted.graph().outputSingle(Map.of("in", input), "out").dup('c').data().asFloat();
  }

  @Test
  void movesNoValuesAroundDcgansNetworks() throws Exception {
    Network generator =
        Network.of(
            Shape.of(10),
            new Dense(4 * 4 * 6),
            new BatchNorm(),
            new Activation.Relu(),
            Reshape.to(4, 4, 6),
            up(4, 2, Padding.of(1)).withoutBias(),
            new BatchNorm(),
            new Activation.Tanh());
    assertThat(operators(generator))
        .containsExactly("Gemm", "Relu", "Reshape", "ConvTranspose", "Tanh");
    Network discriminator =
        Network.of(IMAGE, conv(4), new Activation.Relu(), Reshape.to(96), new Dense(1));
    assertThat(operators(discriminator)).containsExactly("Conv", "Relu", "Reshape", "Gemm");
  }

  private static List<String> operators(Network network) throws Exception {
    OnnxModel model =
        new OnnxModel(
            frozen(network).folded(), ModelInput.examples("x", network.input()), "y", Map.of());
    return ModelProto.parseFrom(OnnxBytes.of(model, "test")).getGraph().getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  static Stream<Shape> shapes() {
    return Stream.of(IMAGE, Shape.of(1, 1, 5), Shape.of(3, 2, 1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void layoutsAreEachOthersInverse(Shape shape) {
    float[] images = draws("images", 2 * shape.elements(), 0, 1);
    AxisOrder order = AxisOrder.ofFlattened(shape);
    float[] first = images.clone();
    order.toChannelsFirst(first);
    float[] last = first.clone();
    order.toChannelsLast(last);
    assertThat(last).isEqualTo(images);
    for (int i = 0; i < images.length; i++) {
      assertThat(first[place(shape, i)]).isEqualTo(images[i]);
    }
  }

  /** Gains and variances from (0.2, 1.2), which suits the rest too; signs come from the input. */
  private static FrozenNetwork frozen(Network network) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (Variable variable : network.variables("net")) {
      List<Long> shape = new ArrayList<>();
      variable.shape().dimensions().forEach(extent -> shape.add((long) extent));
      double low = variable.name().endsWith("weight") ? -1 : 0.2;
      values.put(
          variable.name(),
          Nd4j.createFromArray(draws(variable.name(), variable.shape().elements(), low, 1.2))
              .reshape('c', shape.stream().mapToLong(Long::longValue).toArray()));
    }
    return new FrozenNetwork("net", network, values);
  }

  private static float[] draws(String name, int count, double low, double high) {
    float[] values = new float[count];
    new Distribution.Uniform(low, high).fill(RandomStream.of(1, name, 0), FloatBuffer.wrap(values));
    return values;
  }
}
