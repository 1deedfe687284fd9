package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/** The critic's distance on training and on held-out data, from the options to the metrics. */
class HeldOutTest {
  @TempDir private Path directory;
  private Path data;
  private Path other;

  @BeforeEach
  void makeData() throws IOException {
    data = Files.createDirectory(directory.resolve("digits"));
    TinyRuns.idx(data, "train-images-idx3-ubyte", 28, 1);
    other = TinyRuns.idx(directory, "other-idx3-ubyte", 28, 3);
  }

  private Invocation train(String variant, Path out, Object... more) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("train", "--variant", variant, "--data", data, "--out", out));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1, "--d-steps", 1));
    args.addAll(List.of("--checkpoint-every", 10, "--sample-every", 2));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  private Path trained(String name, Object... more) {
    Path run = directory.resolve(name);
    Invocation training = train("wgan-gp", run, with(more, "--set", "width=4"));
    assertThat(training.code()).as(training.err()).isZero();
    return run;
  }

  private static Object[] with(Object[] some, Object... others) {
    List<Object> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(others));
    return all.toArray();
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }

  @Test
  void withoutHeldOutDataOnlyTheTrainingDistanceIsThere() throws IOException {
    for (JsonNode line : metrics(trained("run", "--steps", 2))) {
      assertThat(line.path("distance").asDouble())
          .isCloseTo(
              line.path("real-score").asDouble() - line.path("fake-score").asDouble(),
              offset(1e-12));
      assertThat(line.has("held-out-distance")).isFalse();
    }
  }

  @Test
  void theTestSplitIsHeldOutWhereItIs() throws IOException {
    Path withoutSplit = trained("without", "--steps", 4);
    Path test = TinyRuns.idx(data, "t10k-images-idx3-ubyte", 28, 2);
    Path run = trained("run", "--steps", 4);

    List<JsonNode> lines = metrics(run);
    assertThat(lines).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(lines.get(i).has("held-out-distance")).isEqualTo(i % 2 == 1);
    }
    assertThat(TinyRuns.latestGraphs(run))
        .as("measuring changes nothing")
        .isEqualTo(TinyRuns.latestGraphs(withoutSplit));
    Path named = trained("named", "--steps", 4, "--held-out", test);
    assertThat(named.resolve("metrics.jsonl")).hasSameBinaryContentAs(run.resolve("metrics.jsonl"));
    assertThat(Run.open(named).record().data()).isEqualTo(Run.open(run).record().data());
  }

  @Test
  void aResumedRunHasTheSameMetrics() throws IOException {
    Path whole = trained("whole", "--steps", 6, "--held-out", other);
    Path parts = trained("parts", "--steps", 3, "--held-out", other);
    Path moved = Files.move(other, directory.resolve("moved-idx3-ubyte"));

    Invocation lost = Invocation.of(directory, "resume", parts, "--steps", 6);
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.err()).contains("nothing at this path");
    Invocation changed =
        Invocation.of(directory, "resume", parts, "--steps", 6, "--held-out", data);
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err())
        .contains("the held-out data is not what the run was started with")
        .contains(Run.open(parts).record().data().heldOut());
    Invocation resumed =
        Invocation.of(directory, "resume", parts, "--steps", 6, "--held-out", moved);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(metrics(parts).get(5).has("held-out-distance")).isTrue();
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
  }

  @Test
  void aRunThatHeldNothingOutNeverDoes() throws IOException {
    Path run = trained("run", "--steps", 2);
    TinyRuns.idx(data, "t10k-images-idx3-ubyte", 28, 2);

    Invocation resumed = Invocation.of(directory, "resume", run, "--steps", 4);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(metrics(run).get(3).has("held-out-distance")).isFalse();
  }

  @Test
  void refusesHeldOutDataThatDoNotFitBeforeTraining() {
    Path run = directory.resolve("run");
    Path small = TinyRuns.idx(directory, "small-idx3-ubyte", 32, 3);
    Invocation shape = train("wgan-gp", run, "--steps", 2, "--held-out", small);
    assertThat(shape.code()).isEqualTo(1);
    assertThat(shape.err())
        .contains("32x32x1, but the training data's are 28x28x1", "--image-size");
    Invocation resized =
        train("wgan-gp", run, "--held-out", small, "--image-size", 28, "--dry-run");
    assertThat(resized.code()).as(resized.err()).isZero();
    Invocation useless = train("lsgan", run, "--steps", 2, "--held-out", other);
    assertThat(useless.code()).isEqualTo(1);
    assertThat(useless.err()).contains("--held-out: the losses of lsgan estimate no distance");
    assertThat(run).doesNotExist();
  }

  @Test
  void goesOnWithoutWhatWasNotAskedForAndDoesNotFit() throws IOException {
    TinyRuns.idx(data, "t10k-images-idx3-ubyte", 32, 2);
    Path run = directory.resolve("run");
    Invocation training = train("wgan-gp", run, "--steps", 2, "--set", "width=4");
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).containsOnlyOnce("measured on no held-out data").contains("32x32x1");
    assertThat(TinyRuns.names(directory.resolve("cache"))).as("packed").hasSize(1);
    assertThat(Run.open(run).record().data().heldOut()).isNull();

    Invocation asked = Invocation.of(directory, "resume", run, "--steps", 3, "--held-out", other);
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.err()).contains("--held-out: the run measures nothing on held-out data");
  }

  @Test
  void otherObjectivesHaveNoDistance() throws IOException {
    TinyRuns.idx(data, "t10k-images-idx3-ubyte", 28, 2);
    Path run = directory.resolve("run");
    assertThat(train("gan", run, "--steps", 2, "--arch", "mlp").code()).isZero();
    assertThat(metrics(run))
        .noneMatch(line -> line.has("distance") || line.has("held-out-distance"));
    assertThat(Run.open(run).record().data().heldOut()).isNull();
  }

  /** So that the run can be resumed from anywhere. */
  @Test
  void theRecordHasTheWholePathsOfTheData() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path whole = data.toAbsolutePath();
    data = here.relativize(whole);
    Path heldOut = here.relativize(other.toAbsolutePath());
    Path run = trained("run", "--steps", 1, "--held-out", heldOut);
    RunConfig config = Run.open(run).record().config();
    assertThat(config.get(RunOptions.DATA)).isEqualTo(whole.toString());
    assertThat(config.get(RunOptions.HELD_OUT)).isEqualTo(other.toAbsolutePath().toString());
  }
}
