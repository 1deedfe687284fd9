package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;

class AugmentTest {
  @TempDir private static Path directory;
  private static Path data;
  private static Path out;
  private static Invocation first;

  @BeforeAll
  static void augment() throws IOException {
    data = FewDigits.in(directory);
    out = directory.resolve("augmented");
    first = augmented(out, "--per-class", 3, "--subsets", 2, "--count", 4);
    assertThat(first.code()).as(first.err()).isZero();
  }

  private static Invocation augmented(Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("augment", "--data", data, "--out", out));
    args.addAll(List.of("--steps", 2, "--batch", 8, "--set", "width=4", "--threads", 1));
    args.addAll(List.of("--classifier-steps", 2, "--tau", "0", "--share", "0.5"));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  @Test
  void printsArmsDifferencesAndVerdict() {
    assertThat(first.out())
        .containsPattern("R\\+A\\+G +[0-9.]+ % \\([-0-9.]+ to [0-9.]+ %\\)  real and synthetic")
        .containsPattern("R\\+G - R' +[-+][0-9.]+ points .*, McNemar p = .*: no evidence\n")
        .containsPattern("verdict +no evidence\n")
        .contains(out.resolve("synthetic").toString());
    assertThat(first.err()).contains("subset 2 of 2, arm G: step 4 of 4; 100 % of all, 0 s left");
  }

  @Test
  void theReportSatisfiesItsSchema() throws IOException {
    Schemas.requireValid(Schemas.AUGMENT, out.resolve("augment.json"));
    JsonNode report = Json.tree(Files.readAllBytes(out.resolve("augment.json")));
    assertThat(report.at("/arms")).hasSize(6);
    assertThat(report.at("/subsets/1/indices")).hasSize(30);
    assertThat(report.at("/settings/settings/width").asText()).isEqualTo("4");
  }

  @Test
  void everyImageIsMadeAgainByItsGeneratorSeedAndIndex() throws IOException {
    JsonNode report = Json.tree(Files.readAllBytes(out.resolve("augment.json")));
    List<String> lines = Files.readAllLines(out.resolve("synthetic/metadata.jsonl"));
    assertThat(lines).hasSize(40);
    Path samples = directory.resolve("samples");
    Invocation sampling =
        Invocation.of(
            directory,
            "sample",
            out.resolve(report.at("/synthetic/generator").asText()),
            "--seed",
            report.at("/synthetic/seed").asLong(),
            "--count",
            40,
            "--threads",
            1,
            "--out",
            samples);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    for (String line : lines) {
      JsonNode image = Json.tree(line.getBytes(StandardCharsets.UTF_8));
      assertThat(image.path("seed").asLong()).isEqualTo(42);
      Path again =
          samples.resolve(
              image.path("label").asText()
                  + String.format(Locale.ROOT, "/%06d.png", image.path("index").asInt()));
      assertThat(out.resolve("synthetic").resolve(image.path("file_name").asText()))
          .hasSameBinaryContentAs(again);
    }
    assertThat(Files.isRegularFile(out.resolve("subset-01/generator/run.json"))).isTrue();
  }

  @Test
  void thePageAsksNoHostForAnything() throws IOException {
    String page = Files.readString(out.resolve("augment.html"));
    assertThat(page)
        .contains("There is no evidence that they help.", "<svg viewBox", "prefers-color-scheme")
        .contains("data:image/png;base64,", "width=device-width", "R′")
        .contains("samegan augment --data " + data, "--per-class 3", "--set width=4")
        .doesNotContain("http:", "https:", "//cdn", "<script", "<link", "url(");
  }

  @Test
  void givenAgainItGoesOnAndGivenOtherwiseItIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(out.resolve("augment.json"));
    Invocation again = augmented(out, "--per-class", 3, "--subsets", 2, "--count", 4);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(out.resolve("augment.json")).hasBinaryContent(before);

    Invocation other = augmented(out, "--per-class", 3, "--subsets", 2, "--count", 5);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err())
        .contains("holds an experiment with other settings: count was 4 and is 5 now");
  }

  /** Digits are not equally many, so there is something to fill up. */
  @Test
  void classesAreFilledUpToTheLargest() throws IOException {
    Path balanced = directory.resolve("balanced");
    Invocation done = augmented(balanced, "--balance", "--test", "split");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("--balance decides by the data").contains("share");

    List<Object> args = new ArrayList<>(List.of("augment", "--data", data, "--out", balanced));
    args.addAll(List.of("--steps", 2, "--batch", 8, "--set", "width=4", "--threads", 1));
    args.addAll(List.of("--classifier-steps", 1, "--tau", "0", "--balance", "--test", "split"));
    args.addAll(List.of("--arms", "R',R+G"));
    done = Invocation.of(directory, args.toArray());
    assertThat(done.code()).as(done.err()).isZero();
    Schemas.requireValid(Schemas.AUGMENT, balanced.resolve("augment.json"));
    JsonNode report = Json.tree(Files.readAllBytes(balanced.resolve("augment.json")));
    int most = 0;
    for (JsonNode count : report.at("/subsets/0/images")) {
      most = Math.max(most, count.asInt());
    }
    for (int label = 0; label < 10; label++) {
      assertThat(
              report.at("/subsets/0/images/" + label).asInt()
                  + report.at("/synthetic/images/" + label).asInt())
          .isEqualTo(most);
    }
    assertThat(done.out()).containsPattern("R\\+G - R' +[-+][0-9.]+ points, McNemar p");
    assertThat(report.at("/data/test").asInt()).isBetween(75, 85);
  }
}
