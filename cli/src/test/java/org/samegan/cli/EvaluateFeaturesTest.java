package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Variable;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.neighbours.ManifoldScores;
import org.samegan.io.json.Json;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxModel;

/** By what images are compared: classifiers that were trained, and ONNX models. */
class EvaluateFeaturesTest {
  private static final int FEATURES = 5;
  private static final int PIXELS = 28 * 28;

  @TempDir private static Path directory;
  private static Path data;
  private static Path samples;

  @BeforeAll
  static void sample() throws IOException {
    data = FewDigits.in(directory);
    samples = Files.createDirectory(directory.resolve("samples"));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < FewDigits.TRAIN; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      for (int k = 0; k < PIXELS; k++) {
        image.getRaster().setSample(k % 28, k / 28, 0, random.nextInt(256));
      }
      ImageIO.write(image, "png", samples.resolve(i + ".png").toFile());
    }
  }

  private static Invocation evaluated(Object features, Object... more) {
    Object[] args = new Object[more.length + 12];
    System.arraycopy(
        new Object[] {
          "evaluate",
          samples,
          "--data",
          data,
          "--features",
          features,
          "--count",
          FewDigits.TRAIN,
          "--splits",
          0,
          "--threads",
          1
        },
        0,
        args,
        0,
        12);
    System.arraycopy(more, 0, args, 12, more.length);
    return Invocation.of(directory, args);
  }

  private static Map<String, INDArray> weights() {
    SplittableRandom random = new SplittableRandom(3);
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (Variable variable : network().variables("seen")) {
      float[] drawn = new float[variable.shape().elements()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) random.nextDouble(-1, 1);
      }
      long[] shape = variable.shape().dimensions().stream().mapToLong(i -> i).toArray();
      values.put(variable.name(), Nd4j.createFromArray(drawn).reshape(shape));
    }
    return values;
  }

  private static Network network() {
    return Network.of(Shape.of(28, 28, 1), Reshape.to(PIXELS), new Dense(FEATURES));
  }

  private static Path saved(String name, OnnxModel model) throws IOException {
    Path file = directory.resolve(name);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      model.write("9.9", channel);
    }
    return file;
  }

  /** Products of pixels in [0, 1] and weights, in double. */
  private static Features reference(float[] pixels) {
    INDArray weight = weights().get("seen/1_dense/weight");
    INDArray bias = weights().get("seen/1_dense/bias");
    float[] features = new float[pixels.length / PIXELS * FEATURES];
    for (int i = 0; i < features.length; i++) {
      double sum = bias.getDouble(i % FEATURES);
      for (int k = 0; k < PIXELS; k++) {
        sum += pixels[i / FEATURES * PIXELS + k] * weight.getDouble(k, i % FEATURES);
      }
      features[i] = (float) sum;
    }
    return Features.of("reference", features.length / FEATURES, FEATURES, features);
  }

  private static float[] pixelsOfSamples() throws IOException {
    float[] pixels = new float[FewDigits.TRAIN * PIXELS];
    for (int i = 0; i < FewDigits.TRAIN; i++) {
      BufferedImage image = ImageIO.read(samples.resolve(i + ".png").toFile());
      for (int k = 0; k < PIXELS; k++) {
        pixels[i * PIXELS + k] = image.getRaster().getSample(k % 28, k / 28, 0) / 255f;
      }
    }
    return pixels;
  }

  /** All images are compared, so that their order means nothing. */
  @Test
  void anOnnxModelGivesItsOutputForPixelsFromZeroToOne() throws IOException {
    Path file =
        saved(
            "tiny.onnx",
            new OnnxModel(
                new FrozenNetwork("seen", network(), weights()),
                ModelInput.examples("x", Shape.of(28, 28, 1)),
                "seen",
                Map.of()));
    Features real = reference(FewDigits.pixels());
    Features generated = reference(pixelsOfSamples());

    for (String place : new String[] {"onnx:" + file, "onnx:" + file + "#seen"}) {
      Invocation evaluation = evaluated(place, "--json");
      assertThat(evaluation.code()).as(evaluation.err()).isZero();
      assertThat(Schemas.faults(Schemas.EVALUATION, evaluation.out())).isEmpty();
      JsonNode report = Json.tree(evaluation.out().getBytes(StandardCharsets.UTF_8));
      assertThat(report.path("features").path("name").asText()).isEqualTo("tiny#seen");
      assertThat(report.path("classes")).isEmpty();
      // Features are sums of 784 products in floats.
      assertThat(report.path("metrics").path("fd").path("value").asDouble())
          .isCloseTo(FrechetDistance.between(real, generated), withinPercentage(0.01));
      assertThat(report.path("metrics").path("coverage").path("value").asDouble())
          .isEqualTo(ManifoldScores.between(real, generated).coverage());
      assertThat(report.path("metrics").has("modes")).isFalse();
    }
  }

  private static void fails(Object features, String... message) {
    Invocation evaluation = evaluated(features);
    assertThat(evaluation.code()).as(evaluation.out()).isEqualTo(1);
    assertThat(evaluation.err()).contains(message).doesNotContain("\tat ", "unexpected");
  }

  @Test
  void featuresThatCanNotBeHadAreRefused() throws IOException {
    Path latent =
        saved(
            "latent.onnx",
            new OnnxModel(
                new FrozenNetwork("n", Network.of(Shape.of(4), Reshape.to(4)), Map.of()),
                ModelInput.latent("z", Latent.normal(4)),
                "y",
                Map.of()));
    fails("onnx:" + latent, "latent.onnx: inputs: expected one input of images", "[-1, 4]");
    fails("onnx:" + directory.resolve("none.onnx"), "none.onnx", "there is no such ONNX model");
    Path text = Files.writeString(directory.resolve("text"), "no classifier at all");
    fails(text, "text", "the header's length");
    fails("onnx:" + text, "ONNX Runtime can't load");
  }

  private static Invocation trained(Path out, Object... more) {
    Object[] args = new Object[more.length + 12];
    System.arraycopy(
        new Object[] {
          "classifier",
          "train",
          "--data",
          data,
          "--out",
          out,
          "--epochs",
          2,
          "--batch",
          30,
          "--threads",
          1
        },
        0,
        args,
        0,
        12);
    System.arraycopy(more, 0, args, 12, more.length);
    return Invocation.of(directory, args);
  }

  @Test
  void aClassifierIsTrainedAndImagesAreComparedByIt() throws IOException {
    Path file = directory.resolve("mine.safetensors");

    Invocation training = trained(file);

    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err())
        .contains("to train on", "epoch 1/2  loss ", "epoch 2/2", "validation loss", "  best");
    assertThat(training.out())
        .contains("classifier  " + file, "epoch       ", " of 2, the best")
        .containsPattern("validation  [0-9.]+ % of [34][0-9] images, calibration error [0-9.]+ %")
        .containsPattern("test        [0-9.]+ % of 100 images")
        .contains("by class    0 ", ", 9 ");
    Invocation evaluation = evaluated(file, "--json");
    assertThat(evaluation.code()).as(evaluation.err()).isZero();
    JsonNode report = Json.tree(evaluation.out().getBytes(StandardCharsets.UTF_8));
    assertThat(report.path("features").path("name").asText()).isEqualTo("mine");
    assertThat(report.path("metrics").has("modes")).isTrue();

    byte[] before = Files.readAllBytes(file);
    Invocation again = trained(file);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("mine.safetensors", "classifiers are never overwritten");
    assertThat(file).hasBinaryContent(before);
    Path same = directory.resolve("same.safetensors");
    assertThat(trained(same, "--name", "mine").code()).isZero();
    assertThat(same).as("a function of data, settings and seed").hasBinaryContent(before);
  }

  @Test
  void whatCanNotBeTrainedOnIsRefusedAndLeavesNoFile() throws IOException {
    Path file = directory.resolve("refused.safetensors");
    refuses(file, new Object[] {"--batch", 390}, "--batch 390 is more than the");
    refuses(file, new Object[] {"--data", samples}, "at least 2 classes", "a folder for each");
    refuses(file, new Object[] {"--test", samples}, "choose test images of the same");
    refuses(file, new Object[] {"--image-size", 4}, "at least 8x8 pixels");
    refuses(file, new Object[] {"--data", "toy:8gaussians"}, "takes images of at least");
  }

  private static void refuses(Path file, Object[] more, String... message) {
    List<Object> args = new ArrayList<>(List.of("classifier", "train", "--out", file));
    args.addAll(List.of("--epochs", 1, "--threads", 1));
    List<Object> given = Arrays.asList(more);
    if (!given.contains("--data")) {
      args.addAll(List.of("--data", data));
    }
    args.addAll(given);
    Invocation training = Invocation.of(directory, args.toArray());
    assertThat(training.code()).as(training.err()).isEqualTo(1);
    assertThat(training.err()).contains(message).doesNotContain("\tat ", "unexpected");
    assertThat(file).doesNotExist();
  }
}
