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

class SampleTest {
  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void train() {
    run = TinyRuns.trained(directory);
  }

  private static Path images(String name, Object place, int count, int seed) {
    Path out = directory.resolve(name);
    Invocation sampling =
        Invocation.of(directory, "sample", place, "--count", count, "--seed", seed, "--out", out);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    assertThat(sampling.out().strip()).isEqualTo(out.toString());
    return out;
  }

  @Test
  void theFirstImagesDoNotDependOnTheCount() throws IOException {
    Path ten = images("ten", run, 10, 5);
    Path many = images("many", run, 70, 5);
    assertThat(TinyRuns.names(ten)).hasSize(10).contains("000000.png", "000009.png");
    assertThat(TinyRuns.names(many)).hasSize(70);
    for (String name : TinyRuns.names(ten)) {
      assertThat(ten.resolve(name)).hasSameBinaryContentAs(many.resolve(name));
    }
  }

  @Test
  void theSeedDecidesTheBytes() throws IOException {
    Path checkpoint = run.resolve("checkpoints/step-00000004");
    Path one = images("one", run, 1, 5).resolve("000000.png");
    Path same = images("same", checkpoint, 1, 5).resolve("000000.png");
    Path other = images("other", run, 1, 6).resolve("000000.png");
    assertThat(one).hasSameBinaryContentAs(same);
    assertThat(Files.mismatch(one, other)).isNotNegative();
  }

  @Test
  void theGridIsAsSquareAsCanBe() throws IOException {
    Path file = directory.resolve("grid.png");
    Invocation sampling = Invocation.of(directory, "sample", run, "--count", 7, "--grid", file);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    BufferedImage grid = ImageIO.read(file.toFile());
    // Three columns and rows of 8 pixels with gaps of 2.
    assertThat(grid.getWidth()).isEqualTo(28);
    assertThat(grid.getHeight()).isEqualTo(28);
  }

  @Test
  void refusesMoreThanFitsIntoMemoryBeforeComputing() {
    Path tensors = directory.resolve("many.safetensors");
    Path grid = directory.resolve("many.png");
    Invocation numbers =
        Invocation.of(directory, "sample", run, "--count", 2_000_000_000, "--tensors", tensors);
    assertThat(numbers.code()).isEqualTo(1);
    assertThat(numbers.err()).contains("examples of 8x8x1 fit into one call, found 2000000000");
    for (int count : new int[] {30_000_000, Integer.MAX_VALUE}) {
      Invocation sheet = Invocation.of(directory, "sample", run, "--count", count, "--grid", grid);
      assertThat(sheet.code()).isEqualTo(1);
      assertThat(sheet.err()).contains("a grid of").contains("use fewer");
    }
    assertThat(tensors).doesNotExist();
    assertThat(grid).doesNotExist();
  }

  @Test
  void theRunsOwnGridIsThatOfItsSeed() {
    Path file = directory.resolve("again.png");
    assertThat(Invocation.of(directory, "sample", run, "--grid", file).code()).isZero();
    assertThat(file).hasSameBinaryContentAs(run.resolve("samples/step-00000004.png"));
  }

  @Test
  void refusesAnExistingDirectory() throws IOException {
    Path there = Files.createDirectory(directory.resolve("there"));
    Files.createFile(there.resolve("precious"));
    Invocation sampling = Invocation.of(directory, "sample", run, "--out", there);
    assertThat(sampling.code()).isEqualTo(1);
    assertThat(sampling.err()).contains("there: exists already");
    assertThat(TinyRuns.names(there)).containsExactly("precious");
  }

  @Test
  void neverOverwritesTensors() throws IOException {
    Path there = Files.writeString(directory.resolve("there.safetensors"), "precious");
    // The checkpoint does not even exist: where to write is looked at before anything else.
    Path nothing = directory.resolve("nothing");
    Invocation sampling = Invocation.of(directory, "sample", nothing, "--tensors", there);
    assertThat(sampling.code()).isEqualTo(1);
    assertThat(sampling.err()).contains("there.safetensors: samples are never overwritten");
    assertThat(there).hasContent("precious");
  }

  @Test
  void looksAtTheDestinationBeforeComputing() throws IOException {
    Path nothing = directory.resolve("nothing");
    Path file = Files.createFile(directory.resolve("file"));
    for (String option : List.of("--grid", "--tensors")) {
      Invocation nowhere =
          Invocation.of(directory, "sample", nothing, option, directory.resolve("none/x.png"));
      assertThat(nowhere.code()).isEqualTo(1);
      assertThat(nowhere.err()).contains("none: there is no such directory; make it first");
    }
    assertThat(Invocation.of(directory, "sample", nothing, "--grid", directory).err())
        .contains("is a directory; choose a file for --grid");
    assertThat(Invocation.of(directory, "sample", nothing, "--out", file.resolve("x")).err())
        .contains("file is not a directory that can be written to");
  }

  @Test
  void aGridIsReplaced() throws IOException {
    Path grid = Files.writeString(directory.resolve("old.png"), "old");
    assertThat(Invocation.of(directory, "sample", run, "--grid", grid).code()).isZero();
    assertThat(ImageIO.read(grid.toFile())).isNotNull();
  }

  @Test
  void saysThatThereIsNoCheckpoint() {
    Invocation sampling =
        Invocation.of(directory, "sample", directory, "--grid", directory.resolve("g.png"));
    assertThat(sampling.code()).isEqualTo(1);
    assertThat(sampling.err()).contains("no checkpoint");
  }
}
