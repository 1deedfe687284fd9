package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;

class TrainTest {
  @TempDir private Path directory;
  private Path run;

  @BeforeEach
  void nameRun() {
    run = directory.resolve("runs/first");
  }

  @Test
  void leavesRecordNumbersGridsAndCheckpoints() throws IOException {
    Invocation training = TinyRuns.train(directory, run, "--epochs", 2);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(TinyRuns.names(run))
        .containsExactly(".lock", "checkpoints", "metrics.jsonl", "run.json", "samples");
    assertThat(TinyRuns.names(run.resolve("checkpoints")))
        .containsExactly("step-00000004", "step-00000008");
    assertThat(TinyRuns.names(run.resolve("samples")))
        .containsExactly("step-00000004.png", "step-00000008.png");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(8);
    assertThat(training.out())
        .contains("step-00000008.png", "checkpoints", "resume", "--epochs 4", "sample");
    assertThat(training.err())
        .contains("step 4 of 8, epoch 1: ", "images/s", "D loss", "G loss", "D(x)", "D(G(z))")
        .contains("left");
  }

  @Test
  void keepsTheCadenceAndTheNumberOfCheckpointsAskedFor() throws IOException {
    Invocation training =
        TinyRuns.train(
            directory,
            run,
            "--steps",
            7,
            "--checkpoint-every",
            2,
            "--keep",
            2,
            "--sample-every",
            5);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(TinyRuns.names(run.resolve("checkpoints")))
        .containsExactly("step-00000006", "step-00000007");
    assertThat(TinyRuns.names(run.resolve("samples")))
        .containsExactly("step-00000005.png", "step-00000007.png");
  }

  @Test
  void theSeedDecidesTheBits() throws IOException {
    List<Map<String, String>> graphs = new ArrayList<>();
    for (int seed : new int[] {7, 7, 42}) {
      Path seeded = directory.resolve("seeded" + graphs.size());
      Invocation training = TinyRuns.train(directory, seeded, "--steps", 2, "--seed", seed);
      assertThat(training.code()).as(training.err()).isZero();
      graphs.add(TinyRuns.latestGraphs(seeded));
    }
    assertThat(graphs.get(1)).isEqualTo(graphs.get(0));
    assertThat(graphs.get(2).values()).doesNotContainAnyElementsOf(graphs.get(0).values());
  }

  @Test
  void trainsDcgan() {
    Path data = TinyRuns.idx(directory, "digits-idx3-ubyte", 28, 2);
    Invocation training =
        Invocation.of(
            directory,
            "train",
            "--variant",
            "dcgan",
            "--data",
            data,
            "--out",
            run,
            "--steps",
            2,
            "--batch",
            8,
            "--set",
            "width=4",
            "--d-steps",
            2);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("step 2 of 2, epoch 1:");
  }

  @Test
  void refusesAnExistingDirectoryBeforeReadingData() throws IOException {
    Files.writeString(Files.createDirectories(run).resolve("kept"), "");
    Invocation training =
        Invocation.of(directory, "train", "--variant", "gan", "--data", "missing", "--out", run);
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains(run.toString(), "a run is never overwritten");
    assertThat(TinyRuns.names(run)).containsExactly("kept");
  }

  @Test
  void refusesAPlaceWhereNoDirectoryCanBe() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Invocation training = TinyRuns.train(directory, file.resolve("run"), "--steps", 1);
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains(file + " is not a directory that can be written to");
  }

  @Test
  void refusesABatchLargerThanTheData() {
    Invocation larger =
        Invocation.of(
            directory,
            "train",
            "--variant",
            "gan",
            "--data",
            TinyRuns.data(directory),
            "--out",
            run,
            "--batch",
            TinyRuns.IMAGES + 1);
    assertThat(larger.code()).isEqualTo(1);
    assertThat(larger.err()).contains("--batch 65 is more than the 64 images");
    assertThat(run).doesNotExist();
  }

  @Test
  void namesTheSizesWhenTheDataHasNone() {
    Invocation training =
        Invocation.of(
            directory,
            "train",
            "--variant",
            "dcgan",
            "--data",
            TinyRuns.data(directory),
            "--out",
            run,
            "--batch",
            8);
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err())
        .contains("no architecture for 8x8 images", "choose --image-size from 28, 32, 64, 128");
    assertThat(run).doesNotExist();
  }

  @Test
  void dryRunPrintsConfigurationAndNetworksAndMakesNothing() throws IOException {
    Invocation dry = TinyRuns.train(directory, run, "--steps", 4, "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("0_dense", "25,856", "generator.learning-rate");
    String json = dry.out().substring(0, dry.out().indexOf("\n}") + 2);
    JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
    assertThat(tree.path("image-size").asInt()).isEqualTo(8);
    assertThat(tree.path("d-steps").asInt()).isEqualTo(1);
    assertThat(tree.path("ema").asDouble(-1)).as("off by default").isZero();
    assertThat(tree.path("settings").path("arch").asText()).isEqualTo("mlp");
    assertThat(run.getParent()).doesNotExist();
  }

  @Test
  void divergenceNamesStepAndRemediesAndIsNeverSaved() throws IOException {
    Invocation training =
        TinyRuns.train(
            directory,
            run,
            "--steps",
            4,
            "--checkpoint-every",
            1,
            "--set",
            "discriminator.learning-rate=1e30");
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err())
        .contains("training diverged at step", "lower the learning rate", "larger batch")
        .contains("checkpoint");
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void divergenceNamesTheLastGoodCheckpoint() {
    Invocation training =
        TinyRuns.train(
            directory,
            run,
            "--steps",
            60,
            "--checkpoint-every",
            1,
            "--set",
            "optimizer=sgd",
            "--set",
            "generator.learning-rate=20",
            "--set",
            "discriminator.learning-rate=20");
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err())
        .containsPattern("the last good checkpoint is .*/checkpoints/step-\\d{8}\\s");
  }

  @Test
  void anUpdateToInfinityIsNeverSaved() {
    Invocation training =
        TinyRuns.train(
            directory,
            run,
            "--steps",
            1,
            "--set",
            "optimizer=rmsprop",
            "--set",
            "generator.learning-rate=3e38");
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains("diverged", "generator/");
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }
}
