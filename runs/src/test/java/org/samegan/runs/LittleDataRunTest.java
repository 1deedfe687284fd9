package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.gan.LittleData;
import org.samegan.core.schedule.Schedule;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/** Runs with all that is done about little data. */
class LittleDataRunTest {
  private static final Path DIGITS = Path.of("..", "testdata", "mnist");

  private static RunConfig config(String variant) {
    return RunConfig.of(variant, DIGITS.toString())
        .withSetting("width", 4)
        .with(RunOptions.BATCH, 8L)
        .with(RunOptions.STEPS, 7L)
        .with(RunOptions.THREADS, 1L);
  }

  private static RunConfig everything(String variant) {
    return config(variant)
        .with(RunOptions.AUGMENT, "ada:color,translation,cutout")
        .with(RunOptions.LECAM, 0.3)
        .with(RunOptions.TRANSITION, "0.2:0.8");
  }

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"cgan", "acgan"})
  void aResumedRunIsTheUninterruptedOneToTheBit(String variant) throws IOException {
    Path whole = directory.resolve("whole");
    try (TrainingRun run = TrainingRun.create(whole, everything(variant))) {
      run.train();
    }
    Path parts = directory.resolve("parts");
    try (TrainingRun run = TrainingRun.create(parts, everything(variant))) {
      run.train(() -> run.step() == 3);
    }
    // Twice: within the four steps between two moves of p, and after one.
    for (long stop : new long[] {5, 7}) {
      try (TrainingRun run = TrainingRun.resume(parts)) {
        run.train(() -> run.step() == stop);
      }
    }

    String last = "checkpoints/step-00000007";
    for (String name : List.of("generator.fb", "discriminator.fb", "training.fb")) {
      assertThat(parts.resolve(last).resolve(name))
          .hasSameBinaryContentAs(whole.resolve(last).resolve(name));
    }
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(whole.resolve("metrics.jsonl"));
    assertThat(Files.readString(whole.resolve("metrics.jsonl")))
        .contains("\"augment-p\"", "\"real-sign\"", "\"lecam\"");
    LittleData recorded = Run.open(whole).record().model().recipe().littleData();
    assertThat(recorded.augmentation().text()).isEqualTo("ada:color,translation,cutout");
    assertThat(recorded.transition()).isEqualTo(Schedule.parse("after:1:linear:0:1:4"));
  }

  @Test
  void whatAutoChoseIsSaidAndRecorded() throws IOException {
    List<String> notices = new ArrayList<>();

    PreparedRun prepared =
        PreparedRun.of(config("dcgan").with(RunOptions.AUGMENT, "auto"), notices::add);

    assertThat(notices)
        .anyMatch(notice -> notice.startsWith("augment is translation,cutout, since"));
    assertThat(prepared.record().model().recipe().littleData().augmentation())
        .isEqualTo(AugmentationPolicy.usual());
  }

  @Test
  void anAugmentationMayChangeButNotWhetherItAdapts() throws IOException {
    Path path = directory.resolve("run");
    try (TrainingRun run =
        TrainingRun.create(path, config("dcgan").with(RunOptions.AUGMENT, "cutout"))) {
      run.train(() -> run.step() == 1);
    }
    Continuation other = Continuation.UNCHANGED.with(RunOptions.AUGMENT, "translation");
    try (TrainingRun run = TrainingRun.resume(path, other)) {
      run.train(() -> run.step() == 2);
    }
    assertThat(Run.open(path).record().changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.before()).containsEntry("augment", "cutout");
              assertThat(change.after()).containsEntry("augment", "translation");
            });
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainingRun.resume(path, Continuation.UNCHANGED.with(RunOptions.AUGMENT, "ada")))
        .withMessageContaining("augmentation adapts");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PreparedRun.of(
                    RunConfig.of("gan", "toy:8gaussians").with(RunOptions.AUGMENT, "cutout"),
                    notice -> {}))
        .withMessageContaining("only images");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PreparedRun.of(
                    config("dcgan").with(RunOptions.TRANSITION, "0.2:0.4"), notice -> {}))
        .withMessageContaining("the model has none");
  }
}
