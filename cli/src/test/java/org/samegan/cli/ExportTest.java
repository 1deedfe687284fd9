package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.TorchTensor;

class ExportTest {
  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void train() {
    run = TinyRuns.trained(directory);
  }

  private static Invocation export(Object place, Path out, Object... more) {
    return exportAs("onnx", place, out, more);
  }

  private static Invocation exportAs(String format, Object place, Path out, Object... more) {
    Object[] fixed = {"export", place, "--format", format, "--out", out};
    Object[] args = Stream.concat(Stream.of(fixed), Stream.of(more)).toArray();
    return Invocation.of(directory, args);
  }

  @Test
  void aRunAndItsLatestCheckpointGiveTheSameBytesVerifiedOrNot() {
    Path first = directory.resolve("first.onnx");
    Path second = directory.resolve("second.onnx");
    Invocation verified = export(run, first);
    Invocation unverified = export(run.resolve("checkpoints/step-00000004"), second, "--no-verify");

    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.out().strip()).isEqualTo(first.toString());
    assertThat(verified.err()).contains("verified: loaded again, it differs");
    assertThat(unverified.code()).as(unverified.err()).isZero();
    assertThat(unverified.err()).isEmpty();
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void saysThatThereIsNoRecognition() {
    Path out = directory.resolve("q.onnx");
    Invocation export = export(run, out, "--network", "q");
    assertThat(export.code()).isEqualTo(1);
    assertThat(export.err()).contains("gan has no recognition network");
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesAnExistingFile() throws IOException {
    Path there = Files.writeString(directory.resolve("there.onnx"), "mine");
    Invocation export = export(run, there);
    assertThat(export.code()).isEqualTo(1);
    assertThat(export.err()).contains("there.onnx: an export is never overwritten");
    assertThat(there).hasContent("mine");
  }

  @Test
  void saysThatThereIsNoCheckpoint() {
    Invocation export = export(directory, directory.resolve("none.onnx"));
    assertThat(export.code()).isEqualTo(1);
    assertThat(export.err()).contains("no checkpoint");
    Invocation mistyped = export(directory.resolve("rnu"), directory.resolve("none.onnx"));
    assertThat(mistyped.code()).isEqualTo(1);
    assertThat(mistyped.err())
        .contains("rnu: there is no such run or checkpoint")
        .doesNotContain("copy");
  }

  @Test
  void weightsComeBackAsARunThatDrawsTheSameImages() throws IOException {
    Path first = directory.resolve("first.safetensors");
    Path second = directory.resolve("second.safetensors");
    Invocation verified = exportAs("safetensors", run, first);
    Path latest = run.resolve("checkpoints/step-00000004");
    Invocation unverified = exportAs("safetensors", latest, second, "--no-verify");

    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.out().strip()).isEqualTo(first.toString());
    assertThat(verified.err())
        .contains("verified: read again, its weights are the checkpoint's to the bit");
    assertThat(unverified.code()).as(unverified.err()).isZero();
    assertThat(unverified.err()).isEmpty();
    assertThat(first).hasSameBinaryContentAs(second);

    SafetensorsFile weights = SafetensorsFile.read(first);
    assertThat(weights.metadata())
        .containsEntry("samegan.step", "4")
        .doesNotContainKey("samegan.generator-weights");
    assertThat(weights.entries())
        .hasSameSizeAs(TorchTensor.of(Run.open(run).latest().gan()))
        .allMatch(entry -> entry.name().endsWith("weight") || entry.name().endsWith("bias"));

    Path imported = directory.resolve("imported");
    Path data = TinyRuns.data(directory);
    Invocation importing =
        Invocation.of(directory, "import", first, "--data", data, "--out", imported);
    assertThat(importing.code()).as(importing.err()).isZero();
    Map<String, String> expected = TinyRuns.latestGraphs(run);
    assertThat(TinyRuns.latestGraphs(imported))
        .containsEntry("generator.fb", expected.get("generator.fb"))
        .containsEntry("discriminator.fb", expected.get("discriminator.fb"));
    assertThat(samples(imported)).hasSameBinaryContentAs(samples(run));
  }

  private static Path samples(Path place) {
    Path file = directory.resolve(place.getFileName() + "-samples.safetensors");
    Invocation sampling =
        Invocation.of(directory, "sample", place, "--count", 20, "--tensors", file);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    return file;
  }

  @Test
  void weightsOfACheckpointOutsideARunBringNoOptions() throws IOException {
    Path alone = directory.resolve("alone");
    Files.createDirectory(alone);
    for (Path file : TinyRuns.children(run.resolve("checkpoints/step-00000004"))) {
      Files.copy(file, alone.resolve(file.getFileName()));
    }
    Path out = directory.resolve("alone.safetensors");
    Invocation export = exportAs("safetensors", alone, out);
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(SafetensorsFile.read(out).metadata())
        .containsKey("samegan.model")
        .doesNotContainKey("samegan.config");
  }

  @Test
  void weightsAreNeverWrittenOverAFileOrWithoutADirectory() throws IOException {
    Path there = Files.writeString(directory.resolve("there.safetensors"), "mine");
    Invocation over = exportAs("safetensors", run, there);
    assertThat(over.code()).isEqualTo(1);
    assertThat(over.err()).contains("there.safetensors: an export is never overwritten");
    assertThat(there).hasContent("mine");
    Invocation nowhere = exportAs("safetensors", run, directory.resolve("no/where"));
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("there is no such directory");
  }

  @Test
  void saysThatThereIsNoAverage() {
    for (String format : List.of("samediff", "onnx", "safetensors")) {
      Path out = directory.resolve("average." + format);
      Invocation export = exportAs(format, run, out, "--ema");
      assertThat(export.code()).isEqualTo(1);
      assertThat(export.err())
          .contains(run + " has no moving average", "samegan train --ema 0.999");
      assertThat(out).doesNotExist();
    }
  }

  /** Without an average the weights are the raw ones. */
  @Test
  void noEmaChangesNothingWithoutAnAverage() {
    for (String format : List.of("samediff", "onnx", "safetensors")) {
      Path plain = directory.resolve("plain." + format);
      Path raw = directory.resolve("raw." + format);
      assertThat(exportAs(format, run, plain).code()).isZero();
      assertThat(exportAs(format, run, raw, "--no-ema").code()).isZero();
      assertThat(raw).hasSameBinaryContentAs(plain);
    }
  }

  /** {@code docs/examples/OnnxInference.java} with ONNX Runtime and nothing else. */
  @Test
  void theExampleDrawsWhatTheCheckpointsGeneratorDoes() throws Exception {
    Path model = directory.resolve("example.onnx");
    assertThat(export(run, model).code()).isZero();
    Path source = Path.of("../docs/examples/OnnxInference.java");
    assertThat(Files.readAllLines(source).size()).isLessThanOrEqualTo(30);
    String onnxRuntime =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("onnxruntime"))
            .findFirst()
            .orElseThrow();
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", onnxRuntime, "-d", classes.toString(), source.toString());
    assertThat(compiled).isZero();
    Path picture = directory.resolve("picture.png");
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                onnxRuntime + File.pathSeparator + classes,
                "OnnxInference",
                model.toString(),
                picture.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();

    Random random = new Random(42);
    INDArray latent = Nd4j.zeros(DataType.FLOAT, 1, 100);
    for (int i = 0; i < 100; i++) {
      latent.putScalar(0, i, random.nextGaussian());
    }
    Checkpoint checkpoint = Run.open(run).latest();
    INDArray expected =
        SameDiff.load(checkpoint.directory().resolve("generator.fb").toFile(), false)
            .outputSingle(Map.of("latent", latent), "image");
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(8);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        int value = image.getRaster().getSample(x, y, 0);
        int byHand = Math.round((expected.getFloat(0, y, x, 0) + 1) / 2 * 255);
        assertThat(Math.abs(value - byHand)).isLessThanOrEqualTo(1);
      }
    }
  }
}
