package org.samegan.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Variable;
import org.samegan.io.file.UnusableFileException;

/**
 * Models of images from anywhere: run if they take batches of images, refused with what they take.
 */
class OnnxImageModelTest {
  private static final Shape INPUT = Shape.of(5, 6, 3);
  private static final int FEATURES = 7;

  @TempDir private Path directory;

  private static FrozenNetwork network(Shape input) {
    Network network =
        Network.of(
            input,
            new Conv2d(4, 3, 1, Padding.of(1)),
            new Activation.Relu(),
            Reshape.to(5 * 6 * 4),
            new Dense(FEATURES));
    SplittableRandom random = new SplittableRandom(3);
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (Variable variable : network.variables("seen")) {
      long[] shape = variable.shape().dimensions().stream().mapToLong(i -> i).toArray();
      values.put(
          variable.name(),
          Nd4j.createFromArray(floats(random, variable.shape().elements())).reshape(shape));
    }
    return new FrozenNetwork("seen", network, values);
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static OnnxModel model(Shape input) {
    return new OnnxModel(network(input), ModelInput.examples("x", input), "seen", Map.of());
  }

  private Path saved(OnnxModel model) throws IOException {
    return Files.write(directory.resolve("model.onnx"), OnnxBytes.of(model, "9.9"));
  }

  @Test
  void givesWhatTheNetworkGivesOfImagesWithChannelsLast() throws IOException {
    float[] images = floats(new SplittableRandom(4), 3 * INPUT.elements());
    float[] expected;
    try (InferenceGraph graph = InferenceGraph.emit(network(INPUT), "x", "y")) {
      INDArray x = Nd4j.createFromArray(images).reshape(3, 5, 6, 3);
      expected = graph.graph().outputSingle(Map.of("x", x), "y").dup('c').data().asFloat();
    }
    try (OnnxImageModel model = OnnxImageModel.open(saved(model(INPUT)), null)) {
      assertThat(model.input()).isEqualTo(INPUT);
      assertThat(model.output()).isEqualTo("seen");
      // Sums of a hundred products in another order.
      assertThat(model.run(images, 3)).containsExactly(expected, Offset.offset(1e-4f));
      float[] last = Arrays.copyOfRange(images, 2 * INPUT.elements(), 3 * INPUT.elements());
      assertThat(model.run(last, 1))
          .containsExactly(
              Arrays.copyOfRange(expected, 2 * FEATURES, 3 * FEATURES), Offset.offset(1e-4f));
    }
  }

  @Test
  void refusesModelsThatTakeSomethingElse() throws IOException {
    refusesInput(
        new OnnxModel(
            new FrozenNetwork("n", Network.of(Shape.of(4), new Activation.Relu()), Map.of()),
            ModelInput.latent("z", Latent.normal(4)),
            "y",
            Map.of()),
        "[-1, 4]");
    refusesInput(
        new OnnxModel(
            new FrozenNetwork("n", Network.of(Shape.of(5, 6, 3), new Activation.Relu()), Map.of()),
            ModelInput.labelledExamples("x", Shape.of(5, 6, 1), "labels", new Latent.Label(2)),
            "y",
            Map.of()),
        "labels INT64");
    refusesInput(model(Shape.of(5, 6, 2)), "[-1, 2, 5, 6]");
  }

  private void refusesInput(OnnxModel model, String found) throws IOException {
    refusesInput(saved(model), found);
  }

  private static void refusesInput(Path file, String found) {
    assertThatThrownBy(() -> OnnxImageModel.open(file, null).close())
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContainingAll(file + ": inputs: expected one input of images", found, "export");
  }

  /** As exporters leave it where nobody asks for a free batch. */
  @Test
  void refusesAFixedBatch() throws IOException {
    Path file = changed(graph -> dimensions(graph.getInputBuilder(0)).setDim(0, dimension(1)));
    refusesInput(file, "x FLOAT[1, 3, 5, 6]");
  }

  @Test
  void refusesImagesOfAnySize() throws IOException {
    Path file =
        changed(
            graph ->
                dimensions(graph.getInputBuilder(0))
                    .setDim(
                        2, TensorShapeProto.Dimension.newBuilder().setDimParam("height").build()));
    assertThatThrownBy(() -> OnnxImageModel.open(file, null).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesImagesOfBytes() throws IOException {
    Path file =
        changed(
            graph -> {
              ValueInfoProto.Builder input = graph.getInputBuilder(0).setName("bytes");
              input
                  .getTypeBuilder()
                  .getTensorTypeBuilder()
                  .setElemType(TensorProto.DataType.UINT8_VALUE);
              graph.addNode(0, cast("bytes", "x", TensorProto.DataType.FLOAT));
            });
    refusesInput(file, "bytes UINT8[-1, 3, 5, 6]");
  }

  @Test
  void refusesAnOutputOfWholeNumbers() throws IOException {
    Path file =
        changed(
            graph -> {
              graph.addNode(cast("seen", "whole", TensorProto.DataType.INT64));
              graph.setOutput(0, tensor("whole", TensorProto.DataType.INT64));
            });
    assertThatThrownBy(() -> OnnxImageModel.open(file, null).close())
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContainingAll("output: expected numbers with a fraction", "whole INT64");
  }

  @Test
  void refusesOneNumberForAllImages() throws IOException {
    Path file =
        changed(
            graph -> {
              graph.addNode(
                  NodeProto.newBuilder()
                      .setOpType("ReduceMean")
                      .addInput("seen")
                      .addOutput("mean")
                      .addAttribute(
                          AttributeProto.newBuilder()
                              .setName("keepdims")
                              .setType(AttributeProto.AttributeType.INT)
                              .setI(0)));
              graph.setOutput(0, tensor("mean", TensorProto.DataType.FLOAT));
            });
    try (OnnxImageModel model = OnnxImageModel.open(file, null)) {
      assertThatThrownBy(() -> model.run(new float[2 * INPUT.elements()], 2))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("'mean' is one number", "one for each");
    }
  }

  @Test
  void oneOfSeveralOutputsIsNamed() throws IOException {
    Path file =
        changed(
            graph -> {
              graph.addNode(
                  NodeProto.newBuilder().setOpType("Neg").addInput("seen").addOutput("other"));
              graph.addOutput(graph.getOutput(0).toBuilder().setName("other"));
            });
    for (String name : new String[] {null, "none"}) {
      assertThatThrownBy(() -> OnnxImageModel.open(file, name).close())
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContainingAll("found seen, other", "onnx:" + file + "#seen");
    }
    float[] images = floats(new SplittableRandom(4), INPUT.elements());
    try (OnnxImageModel first = OnnxImageModel.open(file, "seen");
        OnnxImageModel second = OnnxImageModel.open(file, "other")) {
      float[] seen = first.run(images, 1);
      float[] other = second.run(images, 1);
      for (int i = 0; i < FEATURES; i++) {
        assertThat(other[i]).isEqualTo(-seen[i]);
      }
    }
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path text = Files.write(directory.resolve("t"), "no model".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> OnnxImageModel.open(text, null).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ONNX Runtime can't load " + text);
    assertThatThrownBy(() -> OnnxImageModel.open(directory.resolve("none"), null).close())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no such ONNX model");
  }

  /** The model of colour images with its graph changed. */
  private Path changed(Consumer<GraphProto.Builder> change) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(OnnxBytes.of(model(INPUT), "9.9")).toBuilder();
    change.accept(model.getGraphBuilder());
    return Files.write(directory.resolve("changed.onnx"), model.build().toByteArray());
  }

  private static TensorShapeProto.Builder dimensions(ValueInfoProto.Builder port) {
    return port.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
  }

  private static TensorShapeProto.Dimension dimension(long value) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(value).build();
  }

  private static NodeProto cast(String from, String to, TensorProto.DataType type) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type.getNumber()))
        .build();
  }

  /** Of a shape that the model doesn't say. */
  private static ValueInfoProto tensor(String name, TensorProto.DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())))
        .build();
  }
}
