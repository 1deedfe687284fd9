package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.training.StepReport;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.file.Sha256;
import org.samegan.io.json.Json;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.MetricsLog;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/**
 * Evaluations while training: the best checkpoint, patience, and what a resumed run makes of both.
 */
class SteeringTest {
  private static final int IMAGES = 80;
  private static final long STEPS = 12;

  @TempDir private Path directory;
  private RunConfig config;

  @BeforeEach
  void makeData() throws IOException {
    byte[] pixels = new byte[IMAGES * 28 * 28];
    new Random(7).nextBytes(pixels);
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x00000803).putInt(IMAGES).putInt(28).putInt(28).put(pixels);
    Path data = Files.write(directory.resolve("images-idx3-ubyte"), file.array());
    config =
        RunConfig.of("dcgan", data.toString())
            .withSetting("width", 4)
            .withSetting("generator.learning-rate", "0.01")
            .with(RunOptions.BATCH, 8L)
            .with(RunOptions.STEPS, STEPS)
            .with(RunOptions.CHECKPOINT_EVERY, 3L)
            .with(RunOptions.KEEP, 0L)
            .with(RunOptions.SAMPLE_EVERY, STEPS)
            .with(RunOptions.EVALUATE_EVERY, 2L)
            .with(RunOptions.KEEP_BEST, "fd")
            .with(RunOptions.THREADS, 1L);
  }

  @Test
  void theBestByTheLogIsKeptAndIsThatStepsCheckpoint() throws IOException {
    Path run = train("run", config);

    long best = bestOf(run, STEPS);
    Path kept = Run.open(run).best().path().orElseThrow();
    assertThat(kept.getFileName()).hasToString(String.format("step-%08d", best));
    assertThat(evaluations(run)).hasSize((int) STEPS / 2);
    assertThat(digests(kept)).isEqualTo(digests(run.resolve("checkpoints/" + kept.getFileName())));
    EvaluationInspection inspected = RunInspection.ofRun(run).evaluation();
    assertThat(inspected.step()).isEqualTo(STEPS);
    assertThat(inspected.best()).isEqualTo(kept.getFileName().toString());
    assertThat(inspected.metrics().get("fd").doubleValue())
        .isEqualTo(evaluations(run).get((int) STEPS / 2 - 1));
    assertThat(BestCheckpoint.resolve(Path.of(run + "@best"))).isEqualTo(kept);
  }

  @Test
  void aRunThatWasStoppedAndOneThatWasCutOffEndAsTheWholeOne() throws IOException {
    Path whole = train("whole", config);
    for (int stop : new int[] {3, 8}) {
      Path stopped = directory.resolve("stopped-" + stop);
      int last = stop;
      try (TrainingRun run = TrainingRun.create(stopped, config)) {
        run.train(() -> run.step() >= last);
      }
      resume(stopped);
      assertSame(stopped, whole);
    }
    // As after a kill: checkpoints behind the log and behind the best that was kept.
    for (long from : new long[] {3, 9}) {
      Path cut = train("cut-" + from, config);
      for (Path checkpoint : Run.open(cut).checkpoints()) {
        if (Checkpoint.read(checkpoint).manifest().progress().step() > from) {
          CheckpointDirectory.remove(checkpoint);
        }
      }
      resume(cut);
      assertSame(cut, whole);
    }
  }

  @Test
  void patienceEndsARunAndStaysAtItsEndUntilThereIsMore() throws IOException {
    RunConfig patient = config.with(RunOptions.STEPS, 60L).with(RunOptions.PATIENCE, 2L);
    Path run = train("run", patient);

    long step = Run.open(run).latest().state().progress().step();
    List<Double> distances = evaluations(run);
    int best = distances.indexOf(distances.stream().min(Double::compare).orElseThrow());
    assertThat(step).as("%s", distances).isEqualTo(2L * (best + 3)).isLessThan(60);
    resume(run);
    assertThat(Run.open(run).latest().state().progress().step()).isEqualTo(step);

    try (TrainingRun more =
        TrainingRun.resume(run, new Continuation(Map.of("patience", 3L), Map.of()))) {
      assertThat(more.exhaustion()).isEmpty();
      more.train();
      assertThat(more.step()).isGreaterThan(step);
    }
  }

  @Test
  void evaluatingChangesNothingOfTheRun() throws IOException {
    Path with = train("with", config);
    Path without =
        train(
            "without", config.with(RunOptions.EVALUATE_EVERY, 0L).with(RunOptions.KEEP_BEST, null));

    String last = "checkpoints/" + String.format("step-%08d", STEPS);
    assertThat(digests(with.resolve(last))).isEqualTo(digests(without.resolve(last)));
  }

  @Test
  void whatLeadsNowhereIsRefusedBeforeAnythingIsMade() {
    Path run = directory.resolve("run");
    assertThatThrownBy(() -> TrainingRun.create(run, config.with(RunOptions.EVALUATE_EVERY, 0L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option keep-best needs evaluations");
    assertThatThrownBy(
            () ->
                TrainingRun.create(
                    run, config.with(RunOptions.KEEP_BEST, null).with(RunOptions.PATIENCE, 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option patience needs a metric");
    assertThatThrownBy(
            () ->
                TrainingRun.create(
                    run,
                    RunConfig.of("wgan-gp", "toy:8gaussians").with(RunOptions.EVALUATE_EVERY, 5L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("points have no features");
    assertThatThrownBy(() -> TrainingRun.create(run, config.with(RunOptions.CHANNELS, 3L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the option features is missing");
    assertThat(run).doesNotExist();
  }

  private Path train(String name, RunConfig asked) throws IOException {
    Path place = directory.resolve(name);
    try (TrainingRun run = TrainingRun.create(place, asked)) {
      run.train();
    }
    return place;
  }

  private static void resume(Path place) throws IOException {
    try (TrainingRun run = TrainingRun.resume(place)) {
      run.train();
    }
  }

  private static void assertSame(Path run, Path whole) throws IOException {
    assertThat(run.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(whole.resolve("metrics.jsonl"));
    for (Path of : List.of(Path.of("best"), Path.of("checkpoints", "step-00000012"))) {
      assertThat(digests(run.resolve(of))).as("%s", run).isEqualTo(digests(whole.resolve(of)));
    }
  }

  private static Map<String, String> digests(Path place) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".fb")).toList()) {
        digests.put(place.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    assertThat(digests).isNotEmpty();
    return digests;
  }

  private static List<Double> evaluations(Path run) throws IOException {
    List<Double> distances = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      if (line.contains("\"fd\"")) {
        distances.add(
            Json.tree(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)).get("fd").asDouble());
      }
    }
    return distances;
  }

  private static long bestOf(Path run, long steps) throws IOException {
    List<Double> distances = evaluations(run);
    OptionalInt best =
        IntStream.range(0, distances.size())
            .filter(i -> distances.stream().allMatch(other -> other >= distances.get(i)))
            .findFirst();
    return Math.min(steps, 2L * (best.orElseThrow() + 1));
  }

  /** What an alarm watches is in the log, so that what it says can be read again. */
  @Test
  void aReportReadFromTheLogIsTheOneThatWasWritten() throws IOException {
    List<StepReport> told = new ArrayList<>();
    Path place = directory.resolve("run");
    try (TrainingRun run = TrainingRun.create(place, config)) {
      run.watch(
              new RunListener() {
                @Override
                public void stepped(StepReport report, TrainingRun of) {
                  told.add(report);
                }
              })
          .train();
    }
    List<StepReport> read = new ArrayList<>();
    MetricsLog.read(place.resolve("metrics.jsonl"), STEPS, read::add);
    assertThat(read).hasSameSizeAs(told);
    for (int i = 0; i < read.size(); i++) {
      StepReport one = told.get(i);
      assertThat(read.get(i).step()).isEqualTo(one.step());
      for (String name : one.numbers().keySet()) {
        assertThat(read.get(i).get(name)).as(name).isEqualTo(one.get(name));
      }
    }
  }
}
