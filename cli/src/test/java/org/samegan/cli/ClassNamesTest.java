package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.data.Classes;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.inference.Generator;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;

/** The names of classes, from the folders of the data to those of the samples. */
class ClassNamesTest {
  private static final Classes CLASSES = Classes.named(List.of("cat", "dog 2", "dog 10"));

  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    for (String split : List.of("train", "test")) {
      for (String name : CLASSES.names()) {
        Path folder = Files.createDirectories(directory.resolve("data/" + split).resolve(name));
        for (int i = 0; i < 4; i++) {
          BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
          image.getRaster().setSample(i, i, 0, 200);
          ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
      }
    }
    run = directory.resolve("run");
    Invocation training = command("train", "--out", run);
    assertThat(training.code()).as(training.err()).isZero();
  }

  private static Invocation command(String name, Object... more) {
    List<Object> args = new ArrayList<>(List.of(name, "--variant", "cgan"));
    args.addAll(List.of("--data", directory.resolve("data"), "--set", "width=4"));
    args.addAll(List.of("--steps", 1, "--batch", 8, "--threads", 1));
    args.addAll(List.of(more));
    return Invocation.of(directory, args.toArray());
  }

  private static Invocation sample(Object place, Object... more) {
    List<Object> args = new ArrayList<>(List.of("sample", place));
    args.addAll(List.of(more));
    return Invocation.of(directory, args.toArray());
  }

  @Test
  void areShownBeforeTrainingAndAfter() {
    Invocation dry = command("train", "--dry-run", "--out", directory.resolve("dry"));
    assertThat(dry.out()).contains("12 images of 28x28x1", "3 classes: cat, dog 2, dog 10");
    assertThat(dry.out()).contains(directory.resolve("data/train").toString());
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.out()).contains("3 classes: cat, dog 2, dog 10");
  }

  @Test
  void areKeptInTheRunAndItsCheckpoints() throws IOException {
    Run trained = Run.open(run);
    assertThat(trained.record().data().classes()).isEqualTo(CLASSES);
    Path manifest = trained.latest().directory().resolve(Manifest.FILE);
    assertThat(Json.tree(Files.readAllBytes(manifest)).at("/model/latent/parts/1/classes"))
        .map(name -> name.asText())
        .containsExactly("cat", "dog 2", "dog 10");
    Schemas.requireValid(Schemas.RUN, run.resolve("run.json"));
    Schemas.requireValid(Schemas.MANIFEST, manifest);
  }

  @Test
  void areTheFoldersOfSamples() throws IOException {
    Path all = directory.resolve("all");
    assertThat(sample(run, "--count", 6, "--out", all).code()).isZero();
    assertThat(TinyRuns.names(all)).containsExactly("cat", "dog 10", "dog 2");
    assertThat(TinyRuns.names(all.resolve("dog 10"))).containsExactly("000002.png", "000005.png");

    Path dogs = directory.resolve("dogs");
    assertThat(sample(run, "--count", 6, "--label", "dog 10", "--out", dogs).code()).isZero();
    assertThat(TinyRuns.names(dogs)).containsExactly("dog 10");
    assertThat(dogs.resolve("dog 10/000002.png"))
        .hasSameBinaryContentAs(all.resolve("dog 10/000002.png"));

    Invocation unknown = sample(run, "--label", "zebra", "--out", directory.resolve("none"));
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("--label", "cat, dog 2, dog 10", "zebra");
  }

  @Test
  void goWithEveryExport() throws IOException {
    for (String format : List.of("onnx", "safetensors", "samediff")) {
      Path file = directory.resolve("generator." + format);
      Invocation export =
          Invocation.of(directory, "export", run, "--format", format, "--out", file);
      assertThat(export.code()).as(export.err()).isZero();
      Path described = format.equals("samediff") ? Path.of(file + ".json") : file;
      assertThat(new String(Files.readAllBytes(described), StandardCharsets.UTF_8))
          .contains("dog 10");
      try (Generator generator = Generator.load(file)) {
        assertThat(generator.latent().label().orElseThrow().classes()).isEqualTo(CLASSES);
      }
      Path out = directory.resolve("from-" + format);
      assertThat(sample(file, "--count", 1, "--label", "dog 2", "--out", out).code()).isZero();
      assertThat(TinyRuns.names(out)).containsExactly("dog 2");
    }
  }
}
