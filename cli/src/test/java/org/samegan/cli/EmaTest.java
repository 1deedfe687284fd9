package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;

/** A run whose generator's weights are averaged, from the command line. */
class EmaTest {
  @TempDir private Path directory;

  private Path trained(String name, Object... options) {
    Path run = directory.resolve(name);
    Invocation training = TinyRuns.train(directory, run, options);
    assertThat(training.code()).as(training.err()).isZero();
    return run;
  }

  @Test
  void trainsAsWithoutAndShowsTheAverageEverywhere() throws IOException {
    Path with = trained("with", "--steps", 4, "--ema", 0.99);
    Path without = TinyRuns.trained(directory);

    assertThat(Run.open(with).record().model().recipe().generatorAverage().decay()).isEqualTo(0.99);
    assertThat(with.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(without.resolve("metrics.jsonl"));
    Map<String, String> averaged = TinyRuns.latestGraphs(with);
    Map<String, String> raw = TinyRuns.latestGraphs(without);
    assertThat(averaged.get("discriminator.fb")).isEqualTo(raw.get("discriminator.fb"));
    assertThat(averaged.get("generator.fb")).isNotEqualTo(raw.get("generator.fb"));

    String grid = "samples/step-00000004.png";
    assertThat(Files.mismatch(with.resolve(grid), without.resolve(grid))).isNotNegative();
    Path sampled = directory.resolve("sampled.png");
    assertThat(Invocation.of(directory, "sample", with, "--grid", sampled).code()).isZero();
    assertThat(sampled).hasSameBinaryContentAs(with.resolve(grid));
  }

  @Test
  void aResumedRunIsTheUninterruptedOneToTheBit() throws IOException {
    Path whole = trained("whole", "--steps", 5, "--ema", 0.99);
    Path parts = trained("parts", "--steps", 2, "--ema", 0.99);

    Invocation resumed = Invocation.of(directory, "resume", parts, "--steps", 5);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(parts)).isEqualTo(TinyRuns.latestGraphs(whole));
    String grid = "samples/step-00000005.png";
    assertThat(parts.resolve(grid)).hasSameBinaryContentAs(whole.resolve(grid));
  }

  @Test
  void inspectSaysThatItIsOn() throws IOException {
    Path run = trained("run", "--steps", 1, "--ema", 0.999);
    Path checkpoint = run.resolve("checkpoints/step-00000001");

    assertThat(Invocation.of(directory, "inspect", run).out())
        .contains("ema         decay 0.999; generator.fb holds the average");
    Path alone = Files.move(checkpoint, directory.resolve("alone"));
    String json = Invocation.of(directory, "inspect", alone, "--json").out();
    JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
    assertThat(tree.path("ema").asDouble()).isEqualTo(0.999);
  }

  @Test
  void aCheckpointOfARunWithoutIsRefused() throws IOException {
    Path with = trained("with", "--steps", 1, "--ema", 0.9);
    Path without = trained("without", "--steps", 1);
    String step = "checkpoints/step-00000001";
    Files.move(with.resolve(step), directory.resolve("away"));
    Files.move(without.resolve(step), with.resolve(step));

    Invocation resumed = Invocation.of(directory, "resume", with, "--steps", 2);

    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err())
        .contains("another model", "the generator's averaged with decay 0.9", "no average");
  }

  @Test
  void aConfigurationFileAsksForItAndAnOptionTurnsItOff() throws IOException {
    Path config = Files.writeString(directory.resolve("config.json"), "{\"ema\": 0.95}");

    Path on = trained("on", "--steps", 1, "--config", config);
    Path off = trained("off", "--steps", 1, "--config", config, "--ema", 0);

    assertThat(Run.open(on).record().model().recipe().generatorAverage().decay()).isEqualTo(0.95);
    assertThat(Run.open(off).record().model().recipe().generatorAverage().enabled()).isFalse();
    assertThat(Invocation.of(directory, "inspect", off).out()).doesNotContain("ema");
  }
}
