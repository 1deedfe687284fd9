package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;

class InspectTest {
  @TempDir private Path directory;
  private Path run;
  private Path checkpoint;

  @BeforeEach
  void train() {
    run = TinyRuns.trained(directory);
    checkpoint = run.resolve("checkpoints/step-00000004");
  }

  @Test
  void tellsAllOfARun() {
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.code()).as(inspection.err()).isZero();
    assertThat(inspection.out())
        .contains("run         " + run)
        .contains("variant     gan")
        .contains("generator 190,272, discriminator 164,865")
        .contains("step 4 of 4, 1 epochs complete, 64 images")
        .contains("seed        42")
        .contains("64 images, no classes, fingerprint ")
        .contains("ND4J 1.0.0-M2.1")
        .containsPattern("generator.fb +[\\d,]+ bytes  OK")
        .containsPattern("training.fb +[\\d,]+ bytes  OK");
  }

  @Test
  void aLinkThatLeadsNowhereIsNoCheckpointThatWasDeleted() throws IOException {
    Files.move(checkpoint, directory.resolve("elsewhere"));
    Files.createSymbolicLink(checkpoint, directory.resolve("nowhere"));
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.code()).isEqualTo(1);
    assertThat(inspection.out() + inspection.err()).contains("step-00000004");
  }

  @Test
  void printsJsonForMachines() throws IOException {
    Invocation inspection = Invocation.of(directory, "inspect", checkpoint, "--json");
    assertThat(inspection.code()).as(inspection.err()).isZero();
    JsonNode tree = Json.tree(inspection.out().getBytes(StandardCharsets.UTF_8));
    assertThat(tree.path("kind").asText()).isEqualTo("checkpoint");
    assertThat(tree.path("step").asLong()).isEqualTo(4);
    assertThat(tree.path("intact").asBoolean()).isTrue();
    assertThat(tree.path("config").path("seed").asLong()).isEqualTo(42);
    assertThat(tree.path("checkpoints").path(0).path("files")).hasSize(3);
  }

  @Test
  void tellsOfACheckpointOutsideItsRun() throws IOException {
    Path alone = Files.move(checkpoint, directory.resolve("alone"));
    Invocation inspection = Invocation.of(directory, "inspect", alone);
    assertThat(inspection.code()).as(inspection.err()).isZero();
    assertThat(inspection.out()).contains("variant     gan", "step 4").doesNotContain("seed");
  }

  @Test
  void flagsAFlippedByteAndTheFilesThatAreWhole() throws IOException {
    Path file = checkpoint.resolve("discriminator.fb");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.code()).isEqualTo(1);
    assertThat(inspection.out())
        .containsPattern("generator.fb .* OK")
        .containsPattern("discriminator.fb .* DAMAGED: SHA-256 ")
        .containsPattern("training.fb .* OK");
    assertThat(inspection.err()).contains("discriminator.fb", "expected", "found");
  }

  @Test
  void aPartOfARunStandsForIt() {
    for (Path part : List.of(run.resolve("checkpoints"), run.resolve("run.json"))) {
      Invocation inspection = Invocation.of(directory, "inspect", part);
      assertThat(inspection.code()).as(inspection.err()).isZero();
      assertThat(inspection.out()).contains("run         " + run, "generator.fb");
    }
    Invocation graph = Invocation.of(directory, "inspect", checkpoint.resolve("generator.fb"));
    assertThat(graph.code()).as(graph.err()).isZero();
    assertThat(graph.out()).startsWith("checkpoint  " + checkpoint).contains("step 4");
  }

  @Test
  void tellsWhatExportsAreAndVerifiesThem() throws IOException {
    for (String format : List.of("onnx", "safetensors", "samediff")) {
      Path file = directory.resolve("exported." + format);
      Invocation.of(directory, "export", run, "--format", format, "--out", file);
      Invocation inspection = Invocation.of(directory, "inspect", file);
      assertThat(inspection.code()).as(inspection.err()).isZero();
      assertThat(inspection.out())
          .contains("file        " + file, "checksum    OK")
          .containsPattern("kind        (ONNX model|safetensors file|exported SameDiff graph)");
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
      Invocation damaged = Invocation.of(directory, "inspect", file, "--json");
      assertThat(damaged.code()).isEqualTo(1);
      assertThat(damaged.err()).contains(file + ": ").doesNotContain("unexpected");
    }
    Path page = Files.writeString(directory.resolve("page.onnx"), "<html>");
    assertThat(Invocation.of(directory, "inspect", page).err()).contains("a page of HTML");
    Path text = Files.writeString(directory.resolve("text.txt"), "hello");
    assertThat(Invocation.of(directory, "inspect", text).err()).contains("found something else");
  }

  @Test
  void flagsAMissingFile() throws IOException {
    Files.delete(checkpoint.resolve("training.fb"));
    Invocation inspection = Invocation.of(directory, "inspect", checkpoint);
    assertThat(inspection.code()).isEqualTo(1);
    assertThat(inspection.out()).containsPattern("training.fb .* MISSING");
  }

  @Test
  void saysThatThereIsNothing() {
    Invocation inspection = Invocation.of(directory, "inspect", directory.resolve("none"));
    assertThat(inspection.code()).isEqualTo(1);
    assertThat(inspection.err()).contains("none: there is no such file or directory");
  }
}
