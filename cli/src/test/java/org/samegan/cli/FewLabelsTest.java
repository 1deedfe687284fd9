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
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recognition;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.models.Variants;

/** Training on a few labels and many images, from the options to what can be asked of the run. */
class FewLabelsTest {
  @TempDir private static Path directory;
  private static Path data;
  private static Path others;
  private static Path model;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    data = FewDigits.in(directory);
    others = TinyRuns.idx(directory, "others-idx3-ubyte", 28, 4);
    model = Files.write(directory.resolve("model.json"), Json.write(narrow()));
    run = trained("run", data, 3);
  }

  /** ACGAN's small networks, taught as ssinfogan is. */
  private static Gan narrow() {
    Gan acgan = Variants.named("acgan").gan(ExampleForm.images(28, 1, 10), Map.of("width", 4));
    Recognition recognition = acgan.recognition();
    return new Gan(
        "custom",
        acgan.latent(),
        acgan.generator(),
        acgan.discriminator(),
        new Recognition(
            recognition.sharedLayers(),
            recognition.network(),
            1,
            0,
            new FewLabels(1, 0, RandomAffine.SLIGHT)),
        acgan.recipe(),
        acgan.pixelRange());
  }

  private static Invocation train(Object variant, Path images, Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--variant", variant));
    args.addAll(List.of("--data", images, "--out", out, "--batch", 16, "--threads", 1));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  private static Path trained(String name, Path images, int steps) {
    Path out = directory.resolve(name);
    Invocation training =
        train(model, images, out, "--labels", 12, "--unlabelled", others, "--steps", steps);
    assertThat(training.code()).as(training.err()).isZero();
    return out;
  }

  @Test
  void itsRecordSaysWhatItLearnsFrom() throws IOException {
    Run trained = Run.open(run);
    assertThat(trained.record().data().examples()).isEqualTo(FewDigits.TRAIN + TinyRuns.IMAGES);
    assertThat(trained.record().config().get(RunOptions.LABELS)).isEqualTo(12);
    assertThat(trained.record().config().get(RunOptions.UNLABELLED)).isEqualTo(others.toString());
    assertThat(trained.record().model()).isEqualTo(narrow());
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"label-loss\":");
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.out()).contains(others.toString(), "12 of the data are kept");
    Invocation rehearsal = train(model, data, directory.resolve("no"), "--labels", 12, "--dry-run");
    assertThat(rehearsal.out() + rehearsal.err()).contains("12 labels are kept");
  }

  @Test
  void aResumedRunIsTheUninterruptedOneToTheBit() throws IOException {
    Path parts = trained("parts", data, 2);
    Path moved = Files.copy(others, directory.resolve("moved-idx3-ubyte"));
    Invocation resumed =
        Invocation.of(directory, "resume", parts, "--steps", 3, "--unlabelled", moved);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    for (String graph : List.of("training.fb", "generator.fb", "recognition.fb")) {
      Path file = Path.of("checkpoints", "step-00000003", graph);
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  @Test
  void isNotResumedOnOtherImages() {
    Path parts = trained("others", data, 1);
    Path changed = TinyRuns.idx(directory, "changed-idx3-ubyte", 28, 5);
    Invocation refused =
        Invocation.of(directory, "resume", parts, "--steps", 2, "--unlabelled", changed);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the data is not what the run was started with", "--data and --unlabelled");
  }

  @Test
  void samplesAreOfTheClassesAndTheErrorOfTheLabelIsMeasured() throws IOException {
    Path out = directory.resolve("samples");
    Invocation sampling =
        Invocation.of(directory, "sample", run, "--count", 10, "--label", 7, "--out", out);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    assertThat(TinyRuns.names(out)).containsExactly("7");
    Invocation evaluation =
        Invocation.of(
            directory, "evaluate", run, "--count", 100, "--splits", 0, "--threads", 1, "--json");
    assertThat(evaluation.code()).as(evaluation.err()).isZero();
    JsonNode report = Json.tree(evaluation.out().getBytes(StandardCharsets.UTF_8));
    assertThat(report.path("train-images").asInt()).isEqualTo(FewDigits.TRAIN + TinyRuns.IMAGES);
    assertThat(report.path("code-error").asDouble(-1)).isBetween(0.0, 1.0);
  }

  @Test
  void refusesWhatCanNotBeLearntFromBeforeItTrains() {
    Path small = TinyRuns.idx(directory, "small-idx3-ubyte", 8, 6);
    refuses(
        model,
        data,
        List.of("--unlabelled", small),
        "--unlabelled: the examples of " + small + " are 8x8x1",
        "28x28x1",
        "--image-size and --channels");
    refuses(model, data, List.of("--labels", 9), "--labels 9 is less than the 10 classes");
    refuses(model, data, List.of("--labels", 401), "--labels 401 is more than the 400 examples");
    refuses("ssinfogan", others, List.of("--unlabelled", others), "the images have no labels");
    refuses("acgan", data, List.of("--labels", 20), "acgan needs the labels of all", "ssinfogan");
    refuses("dcgan", data, List.of("--unlabelled", others), "dcgan looks at no labels");
  }

  private static void refuses(Object variant, Path images, List<Object> more, String... message) {
    for (boolean rehearsal : new boolean[] {false, true}) {
      List<Object> all = new ArrayList<>(more);
      if (rehearsal) {
        all.add("--dry-run");
      }
      Path out = directory.resolve("refused");
      Invocation refused = train(variant, images, out, all.toArray());
      assertThat(refused.code()).as(refused.err()).isEqualTo(1);
      assertThat(refused.err()).contains(message);
      assertThat(out).doesNotExist();
    }
  }
}
