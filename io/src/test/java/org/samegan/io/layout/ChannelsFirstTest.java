package org.samegan.io.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
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
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.layer.Upsample;
import org.samegan.core.layer.Variable;

class ChannelsFirstTest {
  /** Each with an image of several channels on at least one side of a vector. */
  static final Map<String, Network> NETWORKS = networks();

  private static Map<String, Network> networks() {
    Layer maxout = new Maxout(18, 3, new Initializer.Normal(0, 1));
    Map<String, Network> all = new LinkedHashMap<>();
    all.put(
        "vector to image, normalised as a vector",
        Network.of(
            Shape.of(5),
            new Dense(24),
            new BatchNorm(),
            new Activation.Relu(),
            new LayerNorm(),
            new Dropout(0.5),
            Reshape.to(2, 3, 4),
            new ConvTranspose2d(3, 4, 2, Padding.of(1)),
            new BatchNorm(),
            new Activation.LeakyRelu(0.2),
            new ConvTranspose2d(2, 5, 2, Padding.SAME).withoutBias(),
            new Activation.Tanh()));
    all.put(
        "image to vector, normalised as a vector",
        Network.of(
            Shape.of(7, 6, 2),
            new Conv2d(3, 5, 2, Padding.SAME),
            new LayerNorm(),
            new Activation.LeakyRelu(0.1),
            new Conv2d(4, 3, 1, Padding.of(1)).withoutBias(),
            Reshape.to(48),
            new BatchNorm(),
            new Dense(7),
            new BatchNorm(),
            new Dense(3),
            new Activation.Sigmoid()));
    all.put(
        "vector to image by maxout, and back",
        Network.of(
            Shape.of(4), maxout, Reshape.to(3, 3, 2), new Crop(2, 3), Reshape.to(12), maxout));
    all.put(
        "residual blocks of images",
        Network.of(
            Shape.of(4, 4, 2),
            new Residual(
                List.of(new BatchNorm(), new Upsample(2), new Conv2d(3, 3, 1, Padding.of(1))),
                List.of(new Upsample(2), new Conv2d(3, 1, 1, Padding.of(0)))),
            new Residual(List.of(new LayerNorm(), new Conv2d(3, 3, 1, Padding.of(1))), List.of()),
            new AveragePool(4)));
    all.put(
        "a residual block of vectors before an image",
        Network.of(
            Shape.of(3),
            new Dense(12),
            new Residual(
                List.of(new BatchNorm(), new Activation.Relu(), new Dense(12)),
                List.of(new LayerNorm())),
            Reshape.to(2, 2, 3)));
    all.put(
        "an image as a vector from the start",
        Network.of(
            Shape.of(2, 3, 3),
            Reshape.to(18),
            new Residual(List.of(new Dense(18)), List.of()),
            new Dense(2)));
    all.put(
        "spectral norms of images and of a vector that becomes one",
        Network.of(
            Shape.of(5, 6, 2),
            new SpectralNorm(new Conv2d(3, 3, 2, Padding.SAME)),
            new Activation.LeakyRelu(0.1),
            new Residual(
                List.of(new SpectralNorm(new Conv2d(4, 3, 1, Padding.of(1)).withoutBias())),
                List.of(new SpectralNorm(new Conv2d(4, 1, 1, Padding.of(0))))),
            Reshape.to(36),
            new SpectralNorm(new Dense(12)),
            Reshape.to(2, 2, 3),
            new Conv2d(2, 2, 1, Padding.of(0))));
    all.put(
        "images of one pixel or one channel, which have one order",
        Network.of(
            Shape.of(6),
            Reshape.to(1, 1, 6),
            new ConvTranspose2d(1, 3, 1, Padding.of(0)),
            Reshape.to(9),
            new Activation.Tanh()));
    return all;
  }

  static Set<String> names() {
    return NETWORKS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void computesTheSameWithChannelsFirst(String name) {
    Network network = NETWORKS.get(name);
    Map<String, INDArray> arrays = arrays(network, "n", new Random(3));
    double[] image = new Random(5).doubles(network.input().elements(), -1, 1).toArray();
    double[] found =
        new NaiveTorch(tensors(ChannelsFirst.of("n", network), arrays)).run("n", network, image);

    float[] expected = reference(network, arrays, toLast(image, network.input()));
    double[] foundHere = toLast(found, network.output());
    assertThat(foundHere).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      // Sums of some hundred floats on one side, of doubles on the other.
      assertThat((double) expected[i]).as("value %d", i).isCloseTo(foundHere[i], within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void bringsEveryBitBack(String name) {
    Network network = NETWORKS.get(name);
    Map<String, INDArray> arrays = arrays(network, "n", new Random(4));
    List<ChannelsFirst.Tensor> tensors = ChannelsFirst.of("n", network).tensors();
    assertThat(tensors.stream().map(ChannelsFirst.Tensor::variable).toList())
        .isEqualTo(network.variables("n"));
    for (ChannelsFirst.Tensor tensor : tensors) {
      INDArray array = arrays.get(tensor.variable().name());
      float[] there = tensor.layout().toChannelsFirst(array);
      INDArray back =
          tensor.layout().channelsLast(Nd4j.createFromArray(there), tensor.variable().shape());
      assertThat(back.shape()).isEqualTo(array.shape());
      assertThat(back.ravel().toFloatVector()).isEqualTo(array.ravel().toFloatVector());
    }
  }

  @Test
  void everyLayerIsCovered() {
    Set<Class<?>> covered = new HashSet<>();
    NETWORKS.values().forEach(network -> collect(network.layers(), covered));
    assertThat(covered).containsAll(records(Layer.class).toList());
  }

  private static void collect(List<Layer> layers, Set<Class<?>> into) {
    for (Layer layer : layers) {
      into.add(layer.getClass());
      if (layer instanceof Residual block) {
        collect(block.main(), into);
        collect(block.shortcut(), into);
      }
    }
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(ChannelsFirstTest::records);
  }

  @Test
  void movesAxesAsPyTorchHasThem() {
    Network network =
        Network.of(
            Shape.of(4, 4, 2),
            new Conv2d(3, 5, 1, Padding.of(2)),
            new ConvTranspose2d(6, 4, 2, Padding.of(1)),
            Reshape.to(384),
            new Dense(7));
    List<ChannelsFirst.Tensor> tensors = ChannelsFirst.of("d", network).tensors();
    assertThat(tensors.get(0).layout().shape()).isEqualTo(Shape.of(3, 2, 5, 5));
    assertThat(tensors.get(2).layout().shape()).isEqualTo(Shape.of(3, 6, 4, 4));
    assertThat(tensors.get(4).layout().shape()).isEqualTo(Shape.of(7, 384));
    // Our value (row, column, in, out) of the kernel is its index; there it is (out, in, ...).
    float[] index = new float[150];
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
    }
    float[] there = tensors.get(0).layout().toChannelsFirst(Nd4j.createFromArray(index));
    assertThat(there[((2 * 2 + 1) * 5 + 3) * 5 + 4]).isEqualTo(((3 * 5 + 4) * 2 + 1) * 3 + 2);
  }

  static Stream<Arguments> inexpressible() {
    return Stream.of(
        Arguments.of(Network.of(Shape.of(12), Reshape.to(2, 2, 3))),
        Arguments.of(Network.of(Shape.of(4, 4, 2), Reshape.to(2, 2, 8))),
        Arguments.of(
            Network.of(
                Shape.of(4, 4, 2),
                Reshape.to(32),
                Reshape.to(2, 8, 2),
                Reshape.to(32),
                new Activation.Tanh(),
                Reshape.to(2, 4, 4))),
        Arguments.of(Network.of(Shape.of(4, 4, 2), Reshape.to(4, 8))));
  }

  @ParameterizedTest
  @MethodSource("inexpressible")
  void refusesReshapesThatNoOrderOfWeightsMakesUpFor(Network network) {
    assertThatThrownBy(() -> ChannelsFirst.of("generator", network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generator/")
        .hasMessageContaining("_reshape")
        .hasMessageContaining("put a Dense or a convolution between");
  }

  /** What the network has there, by our paths. */
  static Map<String, float[]> tensors(ChannelsFirst network, Map<String, INDArray> arrays) {
    Map<String, float[]> tensors = new HashMap<>();
    for (ChannelsFirst.Tensor tensor : network.tensors()) {
      String path = tensor.variable().name();
      tensors.put(path, tensor.layout().toChannelsFirst(arrays.get(path)));
    }
    return tensors;
  }

  /** Random values of all variables. */
  static Map<String, INDArray> arrays(Network network, String name, Random random) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Variable variable : network.variables(name)) {
      float[] values = new float[variable.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        boolean positive = variable.name().endsWith("running_variance");
        values[i] = positive ? 0.5f + random.nextFloat() : random.nextFloat() - 0.5f;
      }
      long[] shape = variable.shape().dimensions().stream().mapToLong(n -> n).toArray();
      arrays.put(variable.name(), Nd4j.createFromArray(values).reshape('c', shape));
    }
    return arrays;
  }

  private static float[] reference(Network network, Map<String, INDArray> arrays, double[] x) {
    SameDiff graph = SameDiff.create();
    SDVariable input = graph.placeHolder("x", DataType.FLOAT, network.input().batch(-1));
    SDVariable output = NetworkEmission.forInference(graph, "n", network, arrays).emit("n", input);
    INDArray batch =
        Nd4j.createFromArray(x).castTo(DataType.FLOAT).reshape('c', network.input().batch(1));
    return graph.outputSingle(Map.of("x", batch), output.name()).ravel().toFloatVector();
  }

  /** An image (channels, height, width) as ours. */
  static double[] toLast(double[] x, Shape shape) {
    if (shape.rank() == 1) {
      return x;
    }
    int pixels = shape.elements() / shape.channels();
    double[] last = new double[x.length];
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < pixels; p++) {
        last[p * shape.channels() + c] = x[c * pixels + p];
      }
    }
    return last;
  }
}
