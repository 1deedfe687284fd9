package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.gan.Gan;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;

/**
 * Runs that earlier versions left, and this one's, in {@code testdata/golden}: what was written can
 * be used for ever. They are never regenerated.
 */
class GoldenTest {
  private static final Path GOLDENS = Path.of("..", "testdata", "golden");

  /** Sums in another order, as other CPUs take them, differ by some 1e-7 of their terms. */
  private static final double SAMPLE_TOLERANCE = 1e-4;

  /** The same, amplified by up to 10 steps and their critic steps. */
  private static final double LOSS_TOLERANCE = 1e-3;

  private static final int STEPS = 10;

  /** For all, so that the digits are packed once. */
  @TempDir private static Path directory;

  static List<Path> goldens() throws IOException {
    try (Stream<Path> places = Files.walk(GOLDENS, 2)) {
      return places.filter(place -> Run.isRun(place.resolve("run"))).sorted().toList();
    }
  }

  @Test
  void thereAreSomeOfEveryVersion() throws IOException {
    assertThat(goldens())
        .extracting(golden -> GOLDENS.relativize(golden).toString().replace('\\', '/'))
        .contains("0.1.0/clipping", "0.1.0/labels", "0.1.0/points")
        .contains("0.1.0/recognition", "0.1.0/spectral-norm")
        .contains("0.2.0/labels", "0.2.0/schedules", "0.2.0/history");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldens")
  void samplesAsRecorded(Path golden) throws IOException {
    JsonNode expected = Json.tree(Files.readAllBytes(golden.resolve("samples.json")));
    Checkpoint checkpoint = Run.open(golden.resolve("run")).latest();
    Gan gan = checkpoint.gan();
    int count = expected.path("count").intValue();
    float[] samples;
    try (TrainedGenerator sampler = checkpoint.generator()) {
      samples = sampler.sample(0, count, expected.path("seed").longValue());
    }
    assertThat(samples).hasSize(count * gan.exampleShape().elements());
    assertThat(expected.path("values")).hasSize(samples.length);
    for (int i = 0; i < samples.length; i++) {
      assertThat((double) samples[i])
          .as("value %d", i)
          .isCloseTo(expected.path("values").path(i).doubleValue(), within(SAMPLE_TOLERANCE));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldens")
  void resumesAsRecorded(Path golden) throws IOException {
    Path name = GOLDENS.relativize(golden);
    Path run = copy(golden.resolve("run"), directory.resolve(name.toString()));
    List<Object> command = new ArrayList<>(List.of("resume", run, "--threads", 1));
    long steps = Run.open(run).latest().manifest().progress().step() + STEPS;
    command.addAll(List.of("--steps", steps));
    if (!Run.open(run).record().config().get(RunOptions.DATA).startsWith("toy:")) {
      command.addAll(List.of("--data", "../testdata/mnist"));
    }
    List<String> before = Files.readAllLines(run.resolve("metrics.jsonl"));
    Invocation resumed = Invocation.of(directory, command.toArray());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    List<String> after = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    List<String> expected = Files.readAllLines(golden.resolve("next-steps.jsonl"));
    assertThat(expected).hasSize(STEPS);
    assertThat(after).hasSize(before.size() + STEPS);
    for (int i = 0; i < STEPS; i++) {
      requireClose(after.get(before.size() + i), expected.get(i));
    }
  }

  /** A later version may log more of a step, and must log all of this. */
  private static void requireClose(String line, String expected) throws IOException {
    JsonNode found = Json.tree(line.getBytes(StandardCharsets.UTF_8));
    JsonNode recorded = Json.tree(expected.getBytes(StandardCharsets.UTF_8));
    recorded
        .properties()
        .forEach(
            property -> {
              String what = property.getKey() + " of step " + recorded.path("step");
              JsonNode value = found.path(property.getKey());
              if (property.getValue().isFloatingPointNumber()) {
                double number = property.getValue().doubleValue();
                boolean loss = property.getKey().endsWith("-loss");
                assertThat(value.isNumber()).as(what).isTrue();
                // Scores and distances may be large, and are then as exact as their size allows.
                assertThat(value.doubleValue())
                    .as(what)
                    .isCloseTo(
                        number,
                        within(LOSS_TOLERANCE * (loss ? 1 : Math.max(1, Math.abs(number)))));
              } else {
                assertThat(value).as(what).isEqualTo(property.getValue());
              }
            });
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }
}
