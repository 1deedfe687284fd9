package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;

class ExportTest {
  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void train() {
    run = TinyRuns.trained(directory);
  }

  private static Invocation export(Object place, Path out, Object... more) {
    Object[] fixed = {"export", place, "--format", "onnx", "--out", out};
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
    assertThat(export.err()).contains("gan has no recognition network Q");
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
    INDArray expected = checkpoint.generator().outputSingle(Map.of("latent", latent), "image");
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
