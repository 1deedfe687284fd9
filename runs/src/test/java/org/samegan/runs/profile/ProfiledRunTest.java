package org.samegan.runs.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfileRow;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.TrainingRun;

class ProfiledRunTest {
  private static final RunConfig CONFIG =
      RunConfig.of("wgan-gp", "toy:8gaussians")
          .withSetting("width", 4)
          .with(RunOptions.BATCH, 8L)
          .with(RunOptions.STEPS, 4L)
          .with(RunOptions.SAMPLE_EVERY, 2L)
          .with(RunOptions.THREADS, 1L);

  @TempDir private Path directory;

  private Profile profiled(int warmUp, int traced) throws IOException {
    Profile profile = new Profile(warmUp, traced);
    PreparedRun prepared = PreparedRun.of(CONFIG, notice -> {});
    try (TrainingRun run = prepared.create(directory.resolve("run"), Optional.of(profile))) {
      assertThat(run.profile()).contains(profile);
      run.train();
    }
    return profile;
  }

  private JsonNode trace() throws IOException {
    return Json.tree(Files.readAllBytes(directory.resolve("run/profile.json")));
  }

  @Test
  void theRunIsTheUnprofiledOneToTheBit() throws IOException {
    profiled(1, 1);
    try (TrainingRun run = TrainingRun.create(directory.resolve("plain"), CONFIG)) {
      assertThat(run.profile()).isEmpty();
      run.train();
    }
    for (String file : List.of("generator.fb", "discriminator.fb", "training.fb")) {
      Path last = Path.of("checkpoints/step-00000004").resolve(file);
      assertThat(directory.resolve("run").resolve(last))
          .hasSameBinaryContentAs(directory.resolve("plain").resolve(last));
    }
    assertThat(directory.resolve("run/run.json"))
        .hasSameTextualContentAs(directory.resolve("plain/run.json"));
    assertThat(directory.resolve("plain/profile.json")).doesNotExist();
  }

  @Test
  void eventsOfALaneFollowEachOtherAndAddUpToTheRows() throws IOException {
    Profile profile = profiled(3, 5);
    Map<Integer, Double> free = new HashMap<>();
    Map<String, Double> sums = new HashMap<>();
    Map<Integer, String> lanes = new HashMap<>();
    for (JsonNode event : trace().path("traceEvents")) {
      int lane = event.path("tid").intValue();
      if (event.path("ph").textValue().equals("M")) {
        lanes.put(lane, event.path("args").path("name").textValue());
        continue;
      }
      assertThat(event.path("ph").textValue()).isEqualTo("X");
      double start = event.path("ts").doubleValue();
      double duration = event.path("dur").doubleValue();
      // a nanosecond's thousandth of what a double rounds
      assertThat(start).isGreaterThanOrEqualTo(free.getOrDefault(lane, 0.0) - 1e-6);
      free.put(lane, start + duration);
      sums.merge(event.path("cat").textValue(), duration, Double::sum);
      assertThat(event.path("args").has("shapes")).isTrue();
      assertThat(event.path("args").has("GFLOP/s")).isTrue();
    }
    assertThat(lanes.values())
        .containsExactlyInAnyOrder("discriminator step", "generator step", Profile.REST);
    for (String part : List.of("discriminator", "generator", "")) {
      double rows =
          profile.rows().stream()
              .filter(row -> row.part().equals(part) && !row.op().equals(Profile.BETWEEN))
              .mapToLong(ProfileRow::nanos)
              .sum();
      assertThat(sums.get(part.isEmpty() ? Profile.REST : part))
          .isCloseTo(rows / 1e3, within(1e-3));
    }
  }

  @Test
  void theTableIsAlignedAndEndsWithTheTotal() throws IOException {
    Profile profile = profiled(1, 1);
    List<String> lines = ProfileTable.of(profile).lines().toList();
    assertThat(lines.get(0)).contains("ms an iteration, the mean of 3 after 1 to warm up");
    assertThat(profile.rows()).hasSizeGreaterThan(ProfileTable.ROWS);
    assertThat(lines).hasSize(1 + 1 + ProfileTable.ROWS + 1 + 1);
    int other = profile.rows().size() - ProfileTable.ROWS;
    assertThat(lines.get(lines.size() - 2)).contains(other + " other rows");
    assertThat(lines.get(lines.size() - 1)).startsWith("100.0 %").endsWith("total");
    String head = lines.get(1);
    assertThat(head.strip().replaceAll(" {2,}", "|"))
        .isEqualTo("share|ms|calls|MB read|MB written|MFLOP|GFLOP/s|step|op|layer|shapes");
    for (String column : List.of("share", "ms", "calls", "MB read", "GFLOP/s")) {
      int end = head.indexOf(column) + column.length();
      assertThat(lines.subList(2, lines.size()))
          .as(column)
          .allMatch(line -> line.charAt(end) == ' ' && line.charAt(end - 1) != ' ');
    }
    double shares =
        lines.subList(2, lines.size() - 1).stream()
            .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(' ', 5))))
            .sum();
    assertThat(shares).isCloseTo(100, within(0.05 * (ProfileTable.ROWS + 1)));
  }

  @Test
  void withoutAStepThereIsNothingToTell() {
    assertThat(ProfileTable.of(new Profile())).endsWith("there was no step");
  }
}
