package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;

class ProfileTest {
  private static final String TABLE = "where the time goes: ";

  @TempDir private Path directory;

  private static JsonNode events(Path run) throws IOException {
    JsonNode events =
        Json.tree(Files.readAllBytes(run.resolve("profile.json"))).path("traceEvents");
    assertThat(events.isArray()).isTrue();
    return events;
  }

  @Test
  void trainingPrintsATableAndWritesATrace() throws IOException {
    Path run = directory.resolve("run");
    Invocation training = TinyRuns.train(directory, run, "--steps", 8, "--profile");
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err())
        .contains(TABLE, "the mean of 3 after 5 to warm up", "GFLOP/s", "matmul", "100.0 %")
        .contains("generator/0_dense", "drawing, sending and reading numbers")
        .contains("profile.json");
    assertThat(training.out()).doesNotContain(TABLE);
    assertThat(events(run)).hasSizeGreaterThan(100);

    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.code()).as(inspection.err()).isZero();
    assertThat(inspection.out()).doesNotContain("profile");
    assertThat(Files.readString(run.resolve("run.json"))).doesNotContain("\"profile\"");
  }

  @Test
  void withoutTheFlagThereIsNeither() throws IOException {
    Path run = directory.resolve("run");
    Invocation training = TinyRuns.train(directory, run, "--steps", 2);
    assertThat(training.err()).doesNotContain(TABLE);
    assertThat(run.resolve("profile.json")).doesNotExist();
    Invocation resumed = Invocation.of(directory, "resume", run, "--steps", 4, "--profile");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains(TABLE, "the mean of 2 after 0 to warm up");
    assertThat(events(run)).isNotEmpty();

    Path whole = directory.resolve("whole");
    TinyRuns.train(directory, whole, "--steps", 4);
    assertThat(TinyRuns.latestGraphs(run)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  /** A run on libtorch has the operators that libtorch calls. */
  @Test
  void worksOnLibtorch() throws IOException {
    Libtorch.assumeThere();
    Path run = directory.resolve("run");
    Invocation training =
        TinyRuns.train(directory, run, "--steps", 7, "--profile", "--backend", "libtorch");
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err().lines())
        .anyMatch(line -> line.contains(" mm ") && line.contains("generator/0_dense"));
    assertThat(events(run)).isNotEmpty();
  }
}
