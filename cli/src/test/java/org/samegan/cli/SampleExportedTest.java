package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.io.safetensors.SafetensorsFile;

/** An exported generator draws what its run draws. */
class SampleExportedTest {
  /** Folding batch normalisation rounds once more, and runtimes sum in other orders. */
  private static final double TOLERANCE = 1e-5;

  @TempDir static Path directory;

  @BeforeAll
  static void train() {
    succeeds(
        "train",
        "--variant",
        "cgan",
        "--data",
        "../testdata/mnist",
        "--batch",
        16,
        "--steps",
        3,
        "--set",
        "width=4",
        "--threads",
        1,
        "--ema",
        "0.5",
        "--out",
        run());
    for (String format : List.of("onnx", "safetensors", "samediff")) {
      succeeds("export", run(), "--format", format, "--out", directory.resolve(file(format)));
    }
  }

  private static Path run() {
    return directory.resolve("run");
  }

  private static String file(String format) {
    return "generator." + (format.equals("samediff") ? "sd" : format);
  }

  private static Invocation succeeds(Object... arguments) {
    Invocation invocation = Invocation.of(directory, arguments);
    assertThat(invocation.code()).as(invocation.err()).isZero();
    return invocation;
  }

  private static float[] tensors(Path generator, String name, Object label) throws IOException {
    Path file = directory.resolve(name + ".safetensors");
    succeeds("sample", generator, "--count", 70, "--seed", 5, "--label", label, "--tensors", file);
    SafetensorsFile samples = SafetensorsFile.read(file);
    return samples.floats(samples.entry("image"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "safetensors", "samediff"})
  void tensorsOfAClassAreTheRuns(String format) throws IOException {
    float[] expected = tensors(run(), "run-" + format, 7);
    float[] found = tensors(directory.resolve(file(format)), format, 7);

    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i])).as("value %d", i).isLessThan((float) TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "safetensors", "samediff"})
  void gridsAndFoldersAreTheRunsToALevel(String format) throws IOException {
    Path exported = directory.resolve(file(format));
    Path grid = directory.resolve(format + ".png");
    Path expected = directory.resolve(format + "-run.png");
    succeeds("sample", run(), "--grid", expected);
    succeeds("sample", exported, "--grid", grid);
    requireClose(ImageIO.read(grid.toFile()), ImageIO.read(expected.toFile()));

    Path folders = directory.resolve(format + "-images");
    succeeds("sample", exported, "--count", 20, "--out", folders);
    assertThat(TinyRuns.names(folders))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(TinyRuns.names(folders.resolve("3"))).containsExactly("000003.png", "000013.png");
  }

  private static void requireClose(BufferedImage found, BufferedImage expected) {
    assertThat(found.getWidth()).isEqualTo(expected.getWidth());
    assertThat(found.getHeight()).isEqualTo(expected.getHeight());
    for (int y = 0; y < found.getHeight(); y++) {
      for (int x = 0; x < found.getWidth(); x++) {
        int difference =
            found.getRaster().getSample(x, y, 0) - expected.getRaster().getSample(x, y, 0);
        assertThat(Math.abs(difference)).as("pixel %d, %d", x, y).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void whatIsNoGeneratorIsNamed() throws IOException {
    Path discriminator = directory.resolve("discriminator.onnx");
    succeeds(
        "export", run(), "--format", "onnx", "--network", "discriminator", "--out", discriminator);
    Invocation other =
        Invocation.of(directory, "sample", discriminator, "--grid", directory.resolve("no.png"));
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("network: expected generator, found discriminator");
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
    Invocation none =
        Invocation.of(directory, "sample", text, "--grid", directory.resolve("no.png"));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("text.onnx: content: expected a generator exported as onnx");
  }
}
