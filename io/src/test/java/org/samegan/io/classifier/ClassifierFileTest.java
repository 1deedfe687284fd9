package org.samegan.io.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Variable;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.data.Split;
import org.samegan.io.file.Damage;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunConfig;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.SafetensorsWriter;
import org.samegan.io.safetensors.TensorEntry;
import org.samegan.io.safetensors.WeightsFile;

class ClassifierFileTest {
  private static final Classifier CLASSIFIER =
      new Classifier(
          Network.of(
              Shape.of(4, 5, 3),
              new Conv2d(2, 3, 2, new Padding.Same()).withoutBias(),
              new BatchNorm(),
              Reshape.to(12),
              new Dense(6),
              new Dense(3)),
          4,
          Classes.named(List.of("cat", "dog", "zebra")),
          PixelRange.UNIT);

  @TempDir private Path directory;
  private Map<String, INDArray> values;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    values = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (Variable variable : CLASSIFIER.variables()) {
      float[] drawn = new float[variable.shape().elements()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) random.nextDouble();
      }
      long[] shape = variable.shape().dimensions().stream().mapToLong(i -> i).toArray();
      values.put(variable.name(), Nd4j.createFromArray(drawn).reshape(shape));
    }
    file = directory.resolve("pets.safetensors");
    ClassifierFile.write(file, "pets-1", CLASSIFIER, values, Map.of("accuracy", 0.75));
  }

  @Test
  void givesEveryBitBack() throws Exception {
    ClassifierFile read = ClassifierFile.read(file);

    assertThat(read.name()).isEqualTo("pets-1");
    assertThat(read.classifier()).isEqualTo(CLASSIFIER);
    assertThat(read.training().path("accuracy").asDouble()).isEqualTo(0.75);
    assertThat(read.values().keySet()).isEqualTo(values.keySet());
    values.forEach(
        (path, array) -> {
          assertThat(read.values().get(path).shape()).isEqualTo(array.shape());
          assertThat(read.values().get(path).dup('c').data().asFloat())
              .as(path)
              .isEqualTo(array.dup('c').data().asFloat());
        });
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(read.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void tensorsAreNamedAndLaidOutAsPyTorchsAre() throws IOException {
    SafetensorsFile tensors = SafetensorsFile.read(file);

    assertThat(tensors.metadata()).containsEntry("format", "pt");
    assertThat(tensors.entries())
        .extracting(TensorEntry::name)
        .containsExactly(
            "classifier.0.weight",
            "classifier.1.weight",
            "classifier.1.bias",
            "classifier.1.running_mean",
            "classifier.1.running_var",
            "classifier.3.weight",
            "classifier.3.bias",
            "classifier.4.weight",
            "classifier.4.bias");
    assertThat(tensors.entry("classifier.0.weight").shape()).containsExactly(2L, 3L, 3L, 3L);
    // (out, in) of a dense layer: the second row begins with the weight from input 0 to unit 1.
    assertThat(tensors.floats(tensors.entry("classifier.4.weight"))[6])
        .isEqualTo(values.get("classifier/4_dense/weight").getFloat(0, 1));
  }

  @Test
  void theSameClassifierGivesTheSameBytesInPlaceOfWhatWasThere() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Files.writeString(file, "something else");

    ClassifierFile.write(file, "pets-1", CLASSIFIER, values, Map.of("accuracy", 0.75));

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      Files.write(file, Damage.of(good, i, random));
      assertThatThrownBy(() -> ClassifierFile.read(file))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageStartingWith(file.toString());
    }
    assertThatThrownBy(() -> ClassifierFile.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesTheWeightsOfAGan() throws IOException {
    Path gan = directory.resolve("gan.safetensors");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 10, 1)) {
      Checkpoint.write(directory.resolve("c"), TinyGan.gan(), trainer.state());
    }
    WeightsFile.write(gan, Checkpoint.read(directory.resolve("c")), RunConfig.DEFAULTS);

    refuses(gan, "expected a classifier", "found no classifier", "samegan classifier train");
  }

  @Test
  void refusesWhatIsNoClassifier() throws IOException {
    String json = Json.line(CLASSIFIER);
    refuses(withRecord("{"), "expected a classifier under samegan.classifier");
    refuses(withRecord(json.replace("\"dense\"", "\"dens\"")), "dens");
    refuses(withRecord(json.replace("\"feature-layers\":4", "\"feature-layers\":9")), "found 9");
    refuses(withRecord(json.replace("\"units\":3", "\"units\":4")), "output of 4");
    refuses(withRecord(json.replace("\"units\":6", "\"units\":5")), "the tensors are not those");
  }

  /** The same tensors with another record. */
  private Path withRecord(String json) throws IOException {
    SafetensorsFile good = SafetensorsFile.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(good.metadata());
    metadata.put("samegan.classifier", json);
    Path other = directory.resolve("other.safetensors");
    SafetensorsWriter.write(
        other,
        metadata,
        good.entries().stream()
            .map(
                entry ->
                    new SafetensorsWriter.Tensor(
                        entry.name(),
                        Shape.of(entry.shape().stream().mapToInt(Long::intValue).toArray()),
                        () -> floats(good, entry)))
            .toList());
    return other;
  }

  private static float[] floats(SafetensorsFile file, TensorEntry entry) {
    try {
      return file.floats(entry);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void refuses(Path place, String... message) {
    assertThatThrownBy(() -> ClassifierFile.read(place))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith(place.toString())
        .hasMessageContainingAll(message);
  }

  @Test
  void theClassifierOfDigitsComesAlongAndKnowsThem() throws IOException, URISyntaxException {
    ClassifierFile digits = ClassifierFile.ofDigits();

    assertThat(digits.name()).isEqualTo("samegan-mnist-1");
    assertThat(digits.classifier().classes()).isEqualTo(Classes.of(10));
    assertThat(digits.classifier().features()).isEqualTo(64);
    assertThat(digits.classifier().network().input()).isEqualTo(Shape.of(28, 28, 1));
    Path shipped = Path.of(ClassifierFile.class.getResource("samegan-mnist-1.safetensors").toURI());
    assertThat(Files.size(shipped)).isLessThan(2_000_000);
    // Trained on the whole of MNIST's training images, of which the test images are none.
    assertThat(accuracy(digits)).isGreaterThan(0.97);
  }

  private double accuracy(ClassifierFile digits) throws IOException {
    Dataset images =
        PackedImages.open(
                ImageSource.at(Path.of("..", "testdata", "mnist"), Split.TEST),
                ImageOptions.asStored(),
                directory)
            .as(digits.classifier().pixelRange());
    int count = images.size();
    FloatBuffer pixels = FloatBuffer.allocate(count * 784);
    for (int i = 0; i < count; i++) {
      images.copyTo(i, pixels);
    }
    FloatBuffer logits = FloatBuffer.allocate(count * 10);
    try (TrainedClassifier trained =
        new TrainedClassifier(digits.classifier(), digits.values(), Backend.nd4j())) {
      trained.compute(count, pixels.flip(), FloatBuffer.allocate(count * 64), logits);
    }
    int right = 0;
    for (int i = 0; i < count; i++) {
      int best = 0;
      for (int c = 1; c < 10; c++) {
        best = logits.get(10 * i + c) > logits.get(10 * i + best) ? c : best;
      }
      right += best == images.label(i) ? 1 : 0;
    }
    assertThat(count).isEqualTo(2000);
    return (double) right / count;
  }
}
