package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.SafetensorsWriter;
import org.samegan.io.safetensors.WeightsFile;

class ImportTest {
  private static final Path TORCH = Path.of("../testdata/torch");

  private static final Dataset DATA =
      new Dataset() {
        @Override
        public int size() {
          return TinyRuns.IMAGES;
        }

        @Override
        public Shape exampleShape() {
          return Shape.of(28, 28, 1);
        }

        @Override
        public void copyTo(int index, FloatBuffer destination) {
          for (int i = 0; i < 784; i++) {
            destination.put(index / 64f);
          }
        }
      };

  @TempDir private Path directory;
  private Path data;
  private Path out;

  @BeforeEach
  void makeData() {
    data = TinyRuns.idx(directory, "images-idx3-ubyte", 28, 1);
    out = directory.resolve("imported");
  }

  private Invocation imported(Path file, Object... more) {
    List<Object> args = new ArrayList<>(List.of("import", file, "--data", data, "--out", out));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  private static Object[] dcgan() {
    return new Object[] {"--variant", "dcgan", "--set", "width=2", "--set", "latent=4"};
  }

  private Invocation importedDcgan(Object... more) {
    List<Object> args = new ArrayList<>(Arrays.asList(dcgan()));
    args.addAll(Arrays.asList(more));
    return imported(TORCH.resolve("dcgan-28.safetensors"), args.toArray());
  }

  /** The expected values are PyTorch's own, see testdata/torch/make.py. */
  @ParameterizedTest
  @CsvSource({"dcgan-28, dcgan, dcgan, 4", "resnet-28, wgan-gp, resnet, 3"})
  void networksFromPyTorchComputeWhatTheyDidThere(
      String name, String variant, String architecture, int latent) throws IOException {
    List<Object> options = new ArrayList<>(List.of("--variant", variant));
    options.addAll(List.of("--set", "width=2", "--set", "latent=" + latent));
    if (!architecture.equals(variant)) {
      options.addAll(List.of("--arch", architecture));
    }
    Invocation importing = imported(TORCH.resolve(name + ".safetensors"), options.toArray());
    assertThat(importing.code()).as(importing.err()).isZero();
    assertThat(importing.err()).isEmpty();
    assertThat(importing.out()).contains("step-00000000", "resume", "sample");

    SafetensorsFile expected = SafetensorsFile.read(TORCH.resolve(name + "-expected.safetensors"));
    Checkpoint checkpoint = Run.open(out).latest();
    INDArray latents = array(expected, "latent");
    INDArray images =
        SameDiff.load(checkpoint.directory().resolve("generator.fb").toFile(), false)
            .outputSingle(Map.of("latent", latents), "image")
            .dup('c');
    // One channel: both orders are the same. Sums of up to 200 products of floats.
    assertClose(images.ravel().toFloatVector(), expected, "image", 1e-4);
    SameDiff discriminator =
        SameDiff.load(checkpoint.directory().resolve("discriminator.fb").toFile(), false);
    INDArray logits =
        discriminator.outputSingle(
            Map.of("image", array(expected, "image").reshape(2, 28, 28, 1)), "logits");
    assertClose(logits.ravel().toFloatVector(), expected, "logits", 1e-3);
  }

  private static INDArray array(SafetensorsFile file, String name) throws IOException {
    long[] shape = file.entry(name).shape().stream().mapToLong(n -> n).toArray();
    return Nd4j.createFromArray(file.floats(file.entry(name))).reshape('c', shape);
  }

  private static void assertClose(
      float[] found, SafetensorsFile expected, String name, double tolerance) throws IOException {
    float[] values = expected.floats(expected.entry(name));
    assertThat(found).hasSameSizeAs(values);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).as("%s %d", name, i).isCloseTo(values[i], within(tolerance));
    }
  }

  @Test
  void anImportedRunTrainsOnAndSamples() throws IOException {
    assertThat(importedDcgan("--steps", 2).code()).isZero();
    assertThat(TinyRuns.names(out)).containsExactly("checkpoints", "run.json", "samples");
    Map<String, String> before = TinyRuns.latestGraphs(out);
    Invocation resuming = Invocation.of(directory, "resume", out);
    assertThat(resuming.code()).as(resuming.err()).isZero();
    assertThat(TinyRuns.latestGraphs(out)).isNotEqualTo(before);
    assertThat(TinyRuns.names(out.resolve("checkpoints")))
        .containsExactly("step-00000000", "step-00000002");
    Path tensors = directory.resolve("samples.safetensors");
    Invocation sampling =
        Invocation.of(directory, "sample", out, "--count", 3, "--tensors", tensors);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    SafetensorsFile samples = SafetensorsFile.read(tensors);
    assertThat(samples.entry("latent").shape()).containsExactly(3L, 4L);
    assertThat(samples.entry("image").shape()).containsExactly(3L, 1L, 28L, 28L);
    assertThat(Invocation.of(directory, "inspect", out).code()).isZero();
  }

  @Test
  void ourOwnFileNeedsNoOptionsAndGivesTheSameWeights() throws IOException {
    assertThat(importedDcgan("--seed", 7).code()).isZero();
    Run first = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, first.latest(), first.record().config());
    Map<String, String> graphs = TinyRuns.latestGraphs(out);
    out = directory.resolve("again");
    Invocation again = Invocation.of(directory, "import", exported, "--data", data, "--out", out);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(TinyRuns.latestGraphs(out)).isEqualTo(graphs);
    assertThat(Run.open(out).record().config()).isEqualTo(first.record().config());
  }

  @Test
  void saysThatAnotherProgramSavedOurWeightsAgain() throws IOException {
    assertThat(importedDcgan().code()).isZero();
    Run first = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, first.latest(), first.record().config());
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(exported)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[(int) file.getLong()];
    file.get(text);
    // The texts after the tensors, as no program of ours has them.
    ObjectNode header = (ObjectNode) Json.tree(text);
    JsonNode texts = header.remove("__metadata__");
    header.set("__metadata__", texts);
    byte[] other = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer again =
        ByteBuffer.allocate(8 + other.length + file.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(exported, again.putLong(other.length).put(other).put(file).array());
    Map<String, String> graphs = TinyRuns.latestGraphs(out);
    out = directory.resolve("again");

    Invocation importing =
        Invocation.of(directory, "import", exported, "--data", data, "--out", out);
    assertThat(importing.code()).as(importing.err()).isZero();
    assertThat(importing.err() + importing.out()).contains("another program has saved these");
    assertThat(TinyRuns.latestGraphs(out)).isEqualTo(graphs);
  }

  @Test
  void anAverageOfTheGeneratorStartsFromTheWeightsToo() throws IOException {
    assertThat(importedDcgan("--steps", 2, "--ema", 0.9).code()).isZero();
    assertRawWeightsAreTheAverage();
    assertThat(Invocation.of(directory, "resume", out).code()).isZero();
    Run trained = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, trained.latest(), trained.record().config());
    String average = TinyRuns.latestGraphs(out).get("generator.fb");
    out = directory.resolve("again");
    assertThat(imported(exported).code()).isZero();
    assertThat(TinyRuns.latestGraphs(out)).containsEntry("generator.fb", average);
    assertRawWeightsAreTheAverage();
  }

  private void assertRawWeightsAreTheAverage() throws IOException {
    Map<String, INDArray> arrays = Run.open(out).latest().state().arrays();
    float[] first = arrays.get("generator/0_dense/weight").ravel().toFloatVector();
    assertThat(arrays.get("generator/raw/parameters").toFloatVector()).startsWith(first);
    float[] mean = arrays.get("generator/1_batch_norm/running_mean").toFloatVector();
    assertThat(arrays.get("generator/raw/statistics").toFloatVector()).startsWith(mean);
  }

  @Test
  void aRunOnPointsOfThePlaneIsImportedToo() throws IOException {
    Object[] options = {"--variant", "wgan-gp", "--data", "toy:8gaussians", "--set", "width=8"};
    List<Object> args = new ArrayList<>(List.of("train", "--out", out, "--steps", 1));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1));
    args.addAll(Arrays.asList(options));
    Invocation training = Invocation.of(directory, args.toArray());
    assertThat(training.code()).as(training.err()).isZero();
    Run first = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, first.latest(), first.record().config());
    Map<String, String> graphs = TinyRuns.latestGraphs(out);
    out = directory.resolve("again");
    Invocation again =
        Invocation.of(
            directory, "import", exported, "--data", "toy:8gaussians", "--out", out, "--steps", 2);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(TinyRuns.latestGraphs(out))
        .containsEntry("generator.fb", graphs.get("generator.fb"))
        .containsEntry("discriminator.fb", graphs.get("discriminator.fb"));
    assertThat(Run.open(out).record().data()).isEqualTo(first.record().data());
    Invocation resuming = Invocation.of(directory, "resume", out);
    assertThat(resuming.code()).as(resuming.err()).isZero();
    Path tensors = directory.resolve("points.safetensors");
    assertThat(Invocation.of(directory, "sample", out, "--count", 3, "--tensors", tensors).code())
        .isZero();
    SafetensorsFile samples = SafetensorsFile.read(tensors);
    assertThat(samples.entry("image").shape()).containsExactly(3L, 2L);
  }

  @Test
  void whatTheFileHasNothingOfStartsFromTheSeed() throws IOException {
    Invocation importing = imported(generatorAlone(), dcgan());
    assertThat(importing.code()).as(importing.err()).isZero();
    assertThat(importing.err())
        .contains("holds nothing of the discriminator, which starts from seed 42");
    Map<String, INDArray> half = Run.open(out).latest().state().arrays();
    out = directory.resolve("both");
    assertThat(importedDcgan().code()).isZero();
    Map<String, INDArray> both = Run.open(out).latest().state().arrays();
    String path = "generator/4_conv_transpose2d/weight";
    assertThat(half.get(path).data().asFloat()).isEqualTo(both.get(path).data().asFloat());
    String other = "discriminator/0_conv2d/weight";
    assertThat(half.get(other).data().asFloat()).isNotEqualTo(both.get(other).data().asFloat());
    assertThat(half.get("generator/optimizer/first_moment").maxNumber().doubleValue()).isZero();
  }

  /** The file from PyTorch with the generator alone. */
  private Path generatorAlone() throws IOException {
    SafetensorsFile file = SafetensorsFile.read(TORCH.resolve("dcgan-28.safetensors"));
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (var entry : file.entries()) {
      if (entry.name().startsWith("netG") && !entry.name().endsWith("tracked")) {
        float[] values = file.floats(entry);
        tensors.add(
            new SafetensorsWriter.Tensor(
                entry.name(),
                new Shape(entry.shape().stream().map(Long::intValue).toList()),
                () -> values));
      }
    }
    Path path = directory.resolve("generator.safetensors");
    SafetensorsWriter.write(path, Map.of(), tensors);
    return path;
  }

  @Test
  void weightsOfAnotherSizeAreRefusedWithBothShapes() throws IOException {
    assertThat(importedDcgan().code()).isZero();
    Run first = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, first.latest(), first.record().config());
    out = directory.resolve("wider");
    Invocation wider = imported(exported, "--set", "width=3");
    assertThat(wider.code()).isEqualTo(1);
    assertThat(wider.err())
        .contains("generator.0.weight [196, 4] should be [294, 4]", "choose the variant");
    assertThat(out).doesNotExist();
  }

  /** As of a version whose variant made other networks. */
  @Test
  void takesTheModelThatTheFileBringsWhereItsVariantMakesAnother() throws IOException {
    assertThat(importedDcgan().code()).isZero();
    Run dcgan = Run.open(out);
    Gan other =
        Gan.of(
            Latent.normal(3),
            Network.of(Shape.of(3), new Dense(784), Reshape.to(28, 28, 1)),
            Network.of(Shape.of(28, 28, 1), Reshape.to(784), new Dense(1)));
    Path written = directory.resolve("other");
    try (Trainer trainer = new Trainer(other, DATA, TinyRuns.BATCH, 5)) {
      Checkpoint.write(written, other, trainer.state());
    }
    Path exported = directory.resolve("other.safetensors");
    WeightsFile.write(exported, Checkpoint.read(written), dcgan.record().config());
    out = directory.resolve("brought");
    Invocation importing =
        Invocation.of(directory, "import", exported, "--data", data, "--out", out, "--steps", 2);

    assertThat(importing.code()).as(importing.err()).isZero();
    Run run = Run.open(out);
    assertThat(run.record().model().hasNetworksOf(other)).isTrue();
    assertThat(run.record().config().get(RunOptions.VARIANT)).isEqualTo(exported.toString());
    assertThat(run.latest().state().arrays().get("generator/0_dense/weight"))
        .isEqualTo(Checkpoint.read(written).state().arrays().get("generator/0_dense/weight"));
    assertThat(Invocation.of(directory, "resume", out).code()).isZero();
    out = directory.resolve("chosen");
    Invocation chosen = imported(exported, dcgan());
    assertThat(chosen.code()).isEqualTo(1);
    assertThat(chosen.err()).contains("choose the variant");
  }

  @Test
  void aDamagedFileLeavesNothing() throws IOException {
    assertThat(importedDcgan().code()).isZero();
    Run first = Run.open(out);
    Path exported = directory.resolve("weights.safetensors");
    WeightsFile.write(exported, first.latest(), first.record().config());
    byte[] sound = Files.readAllBytes(exported);
    out = directory.resolve("damaged");
    List<String> before = TinyRuns.names(directory);
    Random random = new Random(23);
    for (int i = 0; i < 60; i++) {
      byte[] bytes = sound.clone();
      if (i % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else if (i % 3 == 1) {
        bytes[random.nextInt(8)] ^= (byte) (1 << random.nextInt(8));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(exported, bytes);
      Invocation importing = imported(exported);
      assertThat(importing.code()).as("damage %d: %s", i, importing.err()).isEqualTo(1);
      assertThat(importing.err())
          .contains("weights.safetensors: at byte")
          .doesNotContain("unexpected ");
    }
    assertThat(TinyRuns.names(directory)).isEqualTo(before);
  }

  @Test
  void neverOverwritesARun() throws IOException {
    Files.writeString(Files.createDirectory(out).resolve("kept"), "");
    Invocation importing = importedDcgan();
    assertThat(importing.code()).isEqualTo(1);
    assertThat(importing.err()).contains("a run is never overwritten");
  }
}
