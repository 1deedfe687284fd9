package org.samegan.io.onnx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.random.Distribution;
import org.samegan.io.file.UnusableFileException;

/** What a model says of itself, and how a latent becomes inputs. */
class OnnxModelTest {
  private static final Latent CODES =
      new Latent(
          List.of(
              new Latent.Noise(2, Distribution.Normal.STANDARD),
              new Latent.Categorical(3),
              new Latent.Continuous(2, new Distribution.Uniform(-1, 1)),
              new Latent.Categorical(2),
              new Latent.Label(3)));

  @TempDir private Path directory;

  /** A generator of colour images of 1x4 that passes its latent on. */
  private static OnnxModel passing() {
    Network network = Network.of(Shape.of(12), new Dense(12), Reshape.to(1, 4, 3));
    FrozenNetwork frozen =
        new FrozenNetwork(
            "generator",
            network,
            Map.of(
                "generator/0_dense/weight", Nd4j.eye(12).castTo(DataType.FLOAT),
                "generator/0_dense/bias", Nd4j.zeros(DataType.FLOAT, 12)));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("variant", "infogan");
    metadata.put("step", "3");
    return new OnnxModel(frozen, ModelInput.latent("z", CODES), "image", metadata);
  }

  @Test
  void namesTypesAndShapesItsInputsAndOutput() throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(OnnxBytes.of(passing(), "9.9"))) {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      assertThat(inputs.keySet())
          .containsExactly("latent", "categorical_0", "continuous", "categorical_1", "labels");
      check(inputs.get("latent"), OnnxJavaType.FLOAT, -1, 2);
      check(inputs.get("categorical_0"), OnnxJavaType.INT64, -1);
      check(inputs.get("continuous"), OnnxJavaType.FLOAT, -1, 2);
      check(inputs.get("categorical_1"), OnnxJavaType.INT64, -1);
      check(inputs.get("labels"), OnnxJavaType.INT64, -1);
      assertThat(session.getOutputInfo().keySet()).containsExactly("image");
      check(session.getOutputInfo().get("image"), OnnxJavaType.FLOAT, -1, 3, 1, 4);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsOnlyKeys("variant", "step", "samegan-sha256")
          .containsAllEntriesOf(Map.of("variant", "infogan", "step", "3"));
      assertThat(session.getMetadata().getProducerName()).isEqualTo("SameGAN");
    }
  }

  private static void check(NodeInfo info, OnnxJavaType type, long... shape) {
    TensorInfo tensor = (TensorInfo) info.getInfo();
    assertThat(tensor.type).isEqualTo(type);
    assertThat(tensor.getShape()).isEqualTo(shape);
    assertThat(tensor.getDimensionNames()[0]).isEqualTo("batch");
  }

  @Test
  void joinsThePartsInTheLatentsOrder() throws Exception {
    float[] vectors = {
      .1f, .2f, 0, 0, 1, .3f, .4f, 1, 0, 0, 1, 0,
      .5f, .6f, 1, 0, 0, .7f, .8f, 0, 1, 0, 0, 1
    };
    List<ModelInput.Feed> feeds = passing().input().feeds(Map.of("z", vectors), 2);

    assertThat(feeds.get(0).values()).isEqualTo(FloatBuffer.wrap(new float[] {.1f, .2f, .5f, .6f}));
    assertThat(feeds.get(1).values()).isEqualTo(LongBuffer.wrap(new long[] {2, 0}));
    assertThat(feeds.get(2).values()).isEqualTo(FloatBuffer.wrap(new float[] {.3f, .4f, .7f, .8f}));
    assertThat(feeds.get(3).values()).isEqualTo(LongBuffer.wrap(new long[] {0, 1}));
    assertThat(feeds.get(4).name()).isEqualTo("labels");
    assertThat(feeds.get(4).values()).isEqualTo(LongBuffer.wrap(new long[] {1, 2}));
    assertThat(feeds).extracting(ModelInput.Feed::shape).contains(List.of(2L), List.of(2L, 2L));

    Path file = Files.write(directory.resolve("model.onnx"), OnnxBytes.of(passing(), "9.9"));
    try (OnnxSession session = OnnxSession.open(file)) {
      assertThat(session.outputShape("image")).isEqualTo(Shape.of(1, 4, 3));
      assertThat(session.run(feeds, "image")).isEqualTo(vectors);
    }
  }

  @Test
  void appendsLabelsToImagesAndVectors() throws Exception {
    Latent.Label label = new Latent.Label(2);
    float[] examples = {1, 2, 3, 4, 5, 6, 7, 8};
    float[] labels = {0, 1, 1, 0};
    // Two images of 1x2 pixels with 2 channels, then two vectors of 4.
    check(
        Shape.of(1, 2, 2),
        label,
        Map.of("x", examples, "labels", labels),
        1,
        2,
        0,
        1,
        3,
        4,
        0,
        1,
        5,
        6,
        1,
        0,
        7,
        8,
        1,
        0);
    check(
        Shape.of(4),
        label,
        Map.of("x", examples, "labels", labels),
        1,
        2,
        3,
        4,
        0,
        1,
        5,
        6,
        7,
        8,
        1,
        0);
  }

  private void check(Shape shape, Latent.Label label, Map<String, float[]> batch, float... expected)
      throws Exception {
    Network nothing = Network.of(label.appendedTo(shape), new Dropout(0.5));
    OnnxModel model =
        new OnnxModel(
            new FrozenNetwork("n", nothing, Map.of()),
            ModelInput.labelledExamples("x", shape, "labels", label),
            "y",
            Map.of());
    Path file = Files.write(directory.resolve("labels" + shape), OnnxBytes.of(model, "9.9"));
    try (OnnxSession session = OnnxSession.open(file)) {
      assertThat(session.run(model.input().feeds(batch, 2), "y")).isEqualTo(expected);
    }
  }

  /** The oracle is the definition: the digest of the file with zeros in the digits' place. */
  @Test
  void holdsItsOwnChecksumWhichAChangeBreaks() throws Exception {
    byte[] content = OnnxBytes.of(passing(), "9.9");
    String text = new String(content, ISO_8859_1);
    String digits = text.substring(text.length() - 64);
    byte[] zeros = (text.substring(0, text.length() - 64) + "0".repeat(64)).getBytes(ISO_8859_1);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    assertThat(digits).isEqualTo(HexFormat.of().formatHex(digest.digest(zeros)));

    Path file = Files.write(directory.resolve("whole.onnx"), content);
    assertThat(OnnxFile.read(file).metadata())
        .containsExactly(Map.entry("variant", "infogan"), Map.entry("step", "3"));
    // A weight: the model stays a model.
    content[text.indexOf("image") - 200] ^= 1;
    Path changed = Files.write(directory.resolve("changed.onnx"), content);
    assertThatThrownBy(() -> OnnxFile.read(changed))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining(changed + ": SHA-256: expected " + digits);
    Path foreign =
        Files.write(
            directory.resolve("foreign.onnx"), ModelProto.getDefaultInstance().toByteArray());
    assertThatThrownBy(() -> OnnxFile.read(foreign))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("expected samegan-sha256");
  }

  @Test
  void declaresItsVersionsAndIsTheSameEachTime() throws Exception {
    byte[] content = OnnxBytes.of(passing(), "9.9");
    ModelProto model = ModelProto.parseFrom(content);

    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getProducerVersion()).isEqualTo("9.9");
    assertThat(OnnxBytes.of(passing(), "9.9")).isEqualTo(content);
  }
}
