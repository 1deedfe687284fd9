package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.io.json.Json;

class EvaluateTest {
  /** More than three times the 64 features, which the distance of infinitely many needs. */
  private static final int COUNT = 200;

  @TempDir private static Path directory;
  private static Path data;
  private static Path run;
  private static Path samples;

  @BeforeAll
  static void train() throws IOException {
    data = FewDigits.in(directory);
    run = trained("gan", "--arch", "mlp");
    samples = directory.resolve("samples");
    done("sample", run, "--count", COUNT, "--seed", 7, "--out", samples);
  }

  private static Path trained(String variant, Object... more) {
    Path out = directory.resolve(variant);
    List<Object> args = new ArrayList<>(List.of("train", "--variant", variant, "--data", data));
    args.addAll(List.of("--steps", 1, "--batch", 16, "--threads", 1, "--out", out));
    args.addAll(Arrays.asList(more));
    done(args.toArray());
    return out;
  }

  private static Invocation done(Object... args) {
    Invocation done = Invocation.of(directory, args);
    assertThat(done.code()).as(done.err()).isZero();
    return done;
  }

  private static Invocation evaluated(Path generator, Object... more) {
    List<Object> args = new ArrayList<>(List.of("evaluate", generator, "--threads", 1));
    Map<String, Integer> usual = Map.of("--count", COUNT, "--splits", 2, "--seed", 7);
    usual.forEach(
        (option, value) -> {
          if (!Arrays.asList(more).contains(option)) {
            args.addAll(List.of(option, value));
          }
        });
    args.addAll(Arrays.asList(more));
    return done(args.toArray());
  }

  /** The numbers as JSON, which the published schema describes. */
  private static JsonNode numbers(Path generator, Object... more) throws IOException {
    List<Object> args = new ArrayList<>(Arrays.asList(more));
    args.add("--json");
    String json = evaluated(generator, args.toArray()).out();
    assertThat(Schemas.faults(Schemas.EVALUATION, json)).isEmpty();
    return Json.tree(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void printsEveryNumberBesideItsFloor() {
    Invocation evaluation = evaluated(run);

    assertThat(evaluation.out())
        .contains("value   floor: real beside real", "200 generated, 200 real, by samegan-mnist-1")
        .contains("(400 images)")
        .containsPattern("Fréchet distance +[0-9.]+ +[0-9.]+ ± [0-9.]+\n")
        .containsPattern("precision +[0-9.e-]+ +[0-9.]+ ± [0-9.]+\n")
        .containsPattern("C_T, copying +-?[0-9.]+ *\n")
        .containsPattern("classes, real to generated +0 [0-9.]+ to [0-9.]+ %, 1 ")
        .doesNotContain("right labels");
    assertThat(evaluation.err()).contains("looking at 200 generated and 500 real images");
  }

  @Test
  void jsonHasAllNumbersThatImagesWithoutLabelsHave() throws IOException {
    JsonNode report = numbers(run);

    List<String> keys = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      keys.add(metric.key());
    }
    keys.remove("label-accuracy");
    // Too few of the images may be in any of the copy test's cells.
    keys.remove("c-t");
    assertThat(report.path("metrics").fieldNames()).toIterable().containsAll(keys);
    assertThat(report.path("metrics").has("label-accuracy")).isFalse();
    assertThat(report.path("images").asInt()).isEqualTo(COUNT);
    assertThat(report.path("train-images").asInt()).isEqualTo(400);
    assertThat(report.path("seed").asLong()).isEqualTo(7);
    assertThat(report.path("features").path("name").asText()).isEqualTo("samegan-mnist-1");
    assertThat(report.path("metrics").path("fd").path("floor").path("splits").asInt()).isEqualTo(2);
    assertThat(report.path("metrics").path("kd").has("standard-error")).isTrue();
    double generated = 0;
    double real = 0;
    for (JsonNode share : report.path("classes")) {
      generated += share.path("generated").asDouble();
      real += share.path("real").asDouble();
    }
    assertThat(report.path("classes")).hasSize(10);
    assertThat(generated).isCloseTo(1, within(1e-12));
    assertThat(real).isCloseTo(1, within(1e-12));
  }

  @Test
  void theImagesThatAGeneratorWroteGiveTheGeneratorsNumbers() throws IOException {
    ObjectNode ofFolder = (ObjectNode) numbers(samples, "--data", data);
    ObjectNode ofRun = (ObjectNode) numbers(run);

    assertThat(ofFolder.remove("generator").asText()).isEqualTo(samples.toString());
    assertThat(ofRun.remove("generator").asText()).isEqualTo(run.toString());
    assertThat(ofFolder).isEqualTo(ofRun);
  }

  @Test
  void theOrderOfFilesMeansNothing() throws IOException {
    Path reversed = Files.createDirectory(directory.resolve("reversed"));
    for (Path file : TinyRuns.children(samples)) {
      int number = Integer.parseInt(file.getFileName().toString().replace(".png", ""));
      Files.copy(file, reversed.resolve(String.valueOf(1000 - number) + ".png"));
    }
    JsonNode expected = numbers(samples, "--data", data, "--splits", 0).path("metrics");
    JsonNode found = numbers(reversed, "--data", data, "--splits", 0).path("metrics");

    assertThat(found.size()).isEqualTo(expected.size());
    for (String key : List.of("fd", "kd", "mind", "precision", "recall", "density", "coverage")) {
      double value = expected.path(key).path("value").asDouble();
      // Sums in another order.
      assertThat(found.path(key).path("value").asDouble())
          .as(key)
          .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
    }
    for (String key : List.of("duplicates", "auth-percent", "modes", "class-divergence")) {
      assertThat(found.path(key)).as(key).isEqualTo(expected.path(key));
    }
    assertThat(expected.path("fd").has("floor")).as("none was asked for").isFalse();
  }

  @Test
  void aGeneratorOfClassesIsAskedForEachAndHeldToIt() throws IOException {
    JsonNode report = numbers(trained("cgan", "--set", "width=4"));

    JsonNode accuracy = report.path("metrics").path("label-accuracy");
    assertThat(accuracy.path("value").asDouble()).isBetween(0.0, 0.5);
    assertThat(accuracy.path("floor").path("mean").asDouble()).isGreaterThan(0.97);
  }

  @Test
  void fewerImagesThanWereAskedForAreSaid() {
    Invocation evaluation = evaluated(samples, "--data", data, "--count", 1000, "--splits", 0);

    assertThat(evaluation.err())
        .contains("200 images are compared, as there are 200 generated and 400 real ones");
    assertThat(evaluation.out()).contains("200 generated, 200 real");
  }

  @Test
  void fewImagesHaveTheNumbersThatFewCanHave() throws IOException {
    JsonNode report = numbers(run, "--count", 20);

    assertThat(report.path("refused").path("fd").asText()).contains("64", "20");
    assertThat(report.path("metrics").path("coverage").has("floor")).isTrue();
    assertThat(evaluated(run, "--count", 20).out()).contains("Fréchet distance           none: ");
  }

  private static void fails(String generator, Object[] more, String... message) {
    List<Object> args = new ArrayList<>(List.of("evaluate", directory.resolve(generator)));
    args.addAll(List.of("--threads", 1, "--count", 20, "--splits", 0));
    args.addAll(Arrays.asList(more));
    Invocation evaluation = Invocation.of(directory, args.toArray());
    assertThat(evaluation.code()).as(evaluation.out()).isEqualTo(1);
    assertThat(evaluation.err()).contains(message).doesNotContain("\tat ", "unexpected");
    assertThat(evaluation.out()).isEmpty();
  }

  @Test
  void whatIsMissingIsSaid() {
    fails("samples", new Object[0], "--data is missing", "samples");
    fails("samples", new Object[] {"--data", directory.resolve("none")}, "none");
    fails("none", new Object[0], "none");
    fails(
        "samples", new Object[] {"--data", data, "--features", directory.resolve("f")}, "no such");
    fails(
        "samples", new Object[] {"--data", data, "--held-out", directory.resolve("none")}, "none");
  }

  @Test
  void pointsHaveNoFeaturesOfImages() {
    Path points = directory.resolve("points");
    done(
        "train",
        "--variant",
        "wgan-gp",
        "--data",
        "toy:8gaussians",
        "--set",
        "width=8",
        "--batch",
        16,
        "--steps",
        1,
        "--threads",
        1,
        "--out",
        points);

    fails("points", new Object[0], "a generator of points has no features of images");
    fails("samples", new Object[] {"--data", "toy:8gaussians"}, "images are compared with images");
  }

  @Test
  void colourImagesNeedFeaturesOfColours() throws IOException {
    Path colours = Files.createDirectory(directory.resolve("colours"));
    for (int i = 0; i < 12; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, 2, 0xff8000);
      ImageIO.write(image, "png", colours.resolve(i + ".png").toFile());
    }

    fails(
        "colours",
        new Object[] {"--data", colours},
        "--features is missing: the images are 28x28x3",
        "samegan classifier train",
        "onnx:FILE");
    done(
        "evaluate",
        colours,
        "--data",
        colours,
        "--features",
        "mnist",
        "--count",
        12,
        "--splits",
        0,
        "--threads",
        1);
  }
}
