package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.data.Classes;
import org.samegan.io.data.Split;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;
import org.samegan.io.toy.ToyData;

/** Runs on points of the plane, from training to samples. */
class PointsTest {
  @TempDir private Path directory;

  private Invocation train(String distribution, Path out, Object... more) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("train", "--variant", "wgan-gp", "--data", "toy:" + distribution));
    args.addAll(List.of("--batch", 16, "--set", "width=8", "--threads", 1, "--out", out));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  private Path trained(int steps) {
    Path run = directory.resolve("run-" + steps);
    Invocation training = train("8gaussians", run, "--steps", steps, "--sample-every", 2);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out()).containsPattern("modes +\\d of 8 found, \\d+\\.\\d % of samples");
    assertThat(training.err()).contains("50,000 points of 8gaussians", "points/s");
    return run;
  }

  @Test
  void theRecordSaysWhatThePointsAre() throws IOException {
    RunRecord record = Run.open(trained(2)).record();
    ToyData data = ToyData.named("8gaussians");

    assertThat(record.config().get(RunOptions.DATA)).isEqualTo("toy:8gaussians");
    assertThat(record.config().settings()).containsEntry("penalty.weight", 0.1);
    assertThat(record.data())
        .isEqualTo(
            new RunRecord.Data(
                data.fingerprint(),
                50_000,
                Classes.of(8),
                data.withSplit(Split.TEST).fingerprint()));
  }

  @Test
  void itsModelIsTrainedOnPointsAgain() throws IOException {
    Path first = trained(2);
    Path again = directory.resolve("again");
    List<Object> args = new ArrayList<>(List.of("train", "--variant", first.resolve("run.json")));
    args.addAll(List.of("--data", "toy:8gaussians", "--batch", 16, "--steps", 2, "--threads", 1));
    args.addAll(List.of("--out", again));
    Invocation training = Invocation.of(directory, args.toArray());
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(TinyRuns.latestGraphs(again)).isEqualTo(TinyRuns.latestGraphs(first));
    args.set(4, TinyRuns.data(directory));
    args.set(args.size() - 1, directory.resolve("images"));
    Invocation images = Invocation.of(directory, args.toArray());
    assertThat(images.code()).isNotZero();
    assertThat(images.err()).contains("run.json makes points", "toy:");
  }

  @Test
  void aResumedRunIsTheUninterruptedOneToTheBit() throws IOException {
    Path whole = trained(6);
    Path parts = trained(3);

    Invocation resumed = Invocation.of(directory, "resume", parts, "--steps", 6);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(parts)).isEqualTo(TinyRuns.latestGraphs(whole));
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
    assertThat(parts.resolve("samples/step-00000006.png"))
        .hasSameBinaryContentAs(whole.resolve("samples/step-00000006.png"));
  }

  @Test
  void theMetricsCountModesWhereSamplesAreDrawn() throws IOException {
    List<String> lines = Files.readAllLines(trained(3).resolve("metrics.jsonl"));

    assertThat(lines).hasSize(3);
    for (int i : new int[] {0, 2}) {
      assertThat(lines.get(i)).doesNotContain("modes-covered", "high-quality");
    }
    JsonNode second = Json.tree(lines.get(1).getBytes(StandardCharsets.UTF_8));
    assertThat(second.path("modes-covered").asInt(-1)).isBetween(0, 8);
    assertThat(second.path("high-quality").asDouble(-1)).isBetween(0.0, 1.0);
  }

  @Test
  void samplesAreAPlotOrATable() throws IOException {
    Path run = trained(2);
    Path plot = directory.resolve("plot.png");
    Invocation drawing = Invocation.of(directory, "sample", run, "--grid", plot);
    assertThat(drawing.code()).as(drawing.err()).isZero();
    assertThat(drawing.err()).contains("modes: ", " of 8 found");
    assertThat(plot).hasSameBinaryContentAs(run.resolve("samples/step-00000002.png"));
    BufferedImage picture = ImageIO.read(plot.toFile());
    assertThat(picture.getWidth()).isEqualTo(picture.getHeight()).isEqualTo(400);

    Path three = directory.resolve("three");
    Path five = directory.resolve("five");
    assertThat(Invocation.of(directory, "sample", run, "--count", 3, "--out", three).code())
        .isZero();
    assertThat(Invocation.of(directory, "sample", run, "--count", 5, "--out", five).code())
        .isZero();
    List<String> rows = Files.readAllLines(five.resolve("points.csv"));
    assertThat(rows).hasSize(6).first().isEqualTo("x,y");
    assertThat(Files.readAllLines(three.resolve("points.csv"))).isEqualTo(rows.subList(0, 4));
    for (String row : rows.subList(1, 6)) {
      assertThat(row.split(","))
          .hasSize(2)
          .allSatisfy(x -> assertThat(Float.valueOf(x)).isFinite());
    }
  }

  @Test
  void aCheckpointAloneKnowsOnlyItsOwnPoints() throws IOException {
    Path checkpoint = trained(2).resolve("checkpoints/step-00000002");
    Path alone = Files.move(checkpoint, directory.resolve("alone"));
    Path plot = directory.resolve("plot.png");

    Invocation drawing = Invocation.of(directory, "sample", alone, "--grid", plot);

    assertThat(drawing.code()).as(drawing.err()).isZero();
    assertThat(drawing.err()).doesNotContain("modes");
    assertThat(plot).exists();
  }

  @Test
  void theSwissRollHasNoModes() throws IOException {
    Path run = directory.resolve("roll");
    Invocation training = train("swissroll", run, "--steps", 1, "--sample-every", 1);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out()).doesNotContain("modes");
    assertThat(run.resolve("metrics.jsonl")).content().doesNotContain("modes-covered");
  }

  @Test
  void inspectAndDryRunSpeakOfPoints() {
    Invocation inspection = Invocation.of(directory, "inspect", trained(2));
    assertThat(inspection.out())
        .contains("50,000 points, 8 classes", "step 2 of 2, 0 epochs complete, 160 points");
    Path out = directory.resolve("dry");
    Invocation dry = train("25gaussians", out, "--steps", 2, "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("50,000 points of 25gaussians, 2 steps of 16")
        .doesNotContain("\"image-size\" : 2");
  }
}
