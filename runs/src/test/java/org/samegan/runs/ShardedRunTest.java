package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;

class ShardedRunTest {
  private static final RunConfig CONFIG =
      RunConfig.of("wgan-gp", "toy:8gaussians")
          .withSetting("width", 4)
          .with(RunOptions.BATCH, 8L)
          .with(RunOptions.STEPS, 4L)
          .with(RunOptions.THREADS, 1L);

  private static final List<String> FILES =
      List.of("generator.fb", "discriminator.fb", "training.fb");

  @TempDir Path directory;

  private Path trained(String name, RunConfig config) throws IOException {
    Path path = directory.resolve(name);
    try (TrainingRun run = TrainingRun.create(path, config)) {
      run.train();
    }
    return path;
  }

  private static Path file(Path run, String name) {
    return run.resolve("checkpoints/step-00000004").resolve(name);
  }

  @Test
  void aRunGoesOnWithTheShardsThatItWasMadeWith() throws IOException {
    RunConfig config = CONFIG.with(RunOptions.MICRO_BATCH, 2L);
    Path whole = trained("whole", config);
    Path parts = directory.resolve("parts");
    try (TrainingRun run = TrainingRun.create(parts, config)) {
      run.train(() -> run.step() == 3);
    }
    RunConfig record = Run.open(parts).record().config();
    assertThat(record.get(RunOptions.SHARDS)).isEqualTo(4);
    assertThat(record.get(RunOptions.MICRO_BATCH)).isNull();
    try (TrainingRun run = TrainingRun.resume(parts)) {
      run.train();
    }
    for (String name : FILES) {
      assertThat(file(parts, name)).hasSameBinaryContentAs(file(whole, name));
    }
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(whole.resolve("metrics.jsonl"));
    // Else a run that ignores its shards would pass.
    Path uncut = trained("uncut", CONFIG);
    assertThat(Files.readAllBytes(file(uncut, "training.fb")))
        .isNotEqualTo(Files.readAllBytes(file(whole, "training.fb")));
  }

  @Test
  void oneShardIsARunThatSaysNothingOfShards() throws IOException {
    Path silent = trained("silent", CONFIG);
    Path one = trained("one", CONFIG.with(RunOptions.SHARDS, 1L));

    assertThat(Run.open(silent).record().config().get(RunOptions.SHARDS)).isEqualTo(1);
    for (String name : FILES) {
      assertThat(file(one, name)).hasSameBinaryContentAs(file(silent, name));
    }
  }

  @Test
  void shardsThatAreNotEqualLeaveNothingBehind() {
    Path path = directory.resolve("run");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingRun.create(path, CONFIG.with(RunOptions.SHARDS, 3L)))
        .withMessageContainingAll(
            "the option shards", "batch of 8", "3 equal shards", "1, 2, 4, 8");
    assertThat(path).doesNotExist();
  }

  @Test
  void aRunsShardsAreFixedWhenItIsMade() {
    for (RunOption<Long> option : List.of(RunOptions.SHARDS, RunOptions.MICRO_BATCH)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Continuation.UNCHANGED.with(option, 2L))
          .withMessageContainingAll(option.key(), "fixed when a run is made");
    }
  }
}
