package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.training.DivergenceException;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLockedException;
import org.samegan.io.run.RunOptions;

class TrainingRunTest {
  private static final RunConfig CONFIG =
      RunConfig.of("wgan-gp", "toy:8gaussians")
          .withSetting("width", 4)
          .with(RunOptions.BATCH, 8L)
          .with(RunOptions.STEPS, 4L)
          .with(RunOptions.CHECKPOINT_EVERY, 2L)
          .with(RunOptions.SAMPLE_EVERY, 2L)
          .with(RunOptions.THREADS, 1L);

  @TempDir Path directory;

  /** Writes down what it is told. */
  private static class Diary implements RunListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void begun(TrainingRun run) {
      told.add("begun after " + run.step());
    }

    @Override
    public Map<String, Double> measure(StepReport report, TrainingRun run) throws IOException {
      told.add("measure " + report.step());
      return Map.of("twice-the-step", 2.0 * report.step());
    }

    @Override
    public void stepped(StepReport report, TrainingRun run) throws IOException {
      told.add("stepped " + report.step() + " " + report.get("twice-the-step"));
    }

    @Override
    public void sampled(Path picture, TrainingRun run) {
      told.add("sampled " + picture.getFileName());
    }

    @Override
    public void saving(TrainingRun run) throws IOException {
      told.add("saving with " + lines(run) + " lines");
    }

    @Override
    public void saved(Path checkpoint, TrainingRun run) {
      told.add("saved " + checkpoint.getFileName());
    }

    @Override
    public void ended(TrainingRun run) throws IOException {
      told.add("ended after " + run.step());
    }

    private static int lines(TrainingRun run) throws IOException {
      return Files.readAllLines(run.files().metrics()).size();
    }
  }

  /** Listeners are told in order, and the run's own come first: the log is on disk by then. */
  @Test
  void tellsWhatHappensInOrderAndLogsBeforeItSaves() throws IOException {
    Diary diary = new Diary();
    try (TrainingRun run = TrainingRun.create(directory.resolve("run"), CONFIG)) {
      run.watch(diary).train();
      assertThat(run.isFinished()).isTrue();
    }
    assertThat(diary.told)
        .containsExactly(
            "begun after 0",
            "measure 1",
            "stepped 1 2.0",
            "measure 2",
            "sampled step-00000002.png",
            "stepped 2 4.0",
            "saving with 2 lines",
            "saved step-00000002",
            "measure 3",
            "stepped 3 6.0",
            "measure 4",
            "sampled step-00000004.png",
            "stepped 4 8.0",
            "saving with 4 lines",
            "saved step-00000004",
            "saving with 4 lines",
            "saved step-00000004",
            "ended after 4");
    assertThat(Files.readAllLines(directory.resolve("run/metrics.jsonl")))
        .allMatch(line -> line.contains("\"distance\":") && line.contains("\"penalty\":"))
        .allMatch(line -> line.contains("\"generator-gradient-norm\":"));
    assertThat(Files.readAllLines(directory.resolve("run/metrics.jsonl")).get(2))
        .startsWith("{\"step\":3,")
        .endsWith("\"twice-the-step\":6.0}");
  }

  @Test
  void aFailingListenerEndsTrainingAndAllAreToldTheEnd() throws IOException {
    Diary diary = new Diary();
    RunListener full =
        new RunListener() {
          @Override
          public void stepped(StepReport report, TrainingRun run) throws IOException {
            if (report.step() == 3) {
              throw new IOException("disk full");
            }
          }
        };
    try (TrainingRun run = TrainingRun.create(directory.resolve("run"), CONFIG)) {
      run.watch(full).watch(diary);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(run::train)
          .withMessageStartingWith("disk full; what had been trained was saved")
          .withMessageEndingWith("step-00000003");
    }
    assertThat(diary.told).endsWith("measure 3", "ended after 3");
    try (TrainingRun again = TrainingRun.resume(directory.resolve("run"));
        TrainingRun whole = TrainingRun.create(directory.resolve("whole"), CONFIG)) {
      assertThat(again.step()).isEqualTo(3);
      again.train();
      whole.train();
    }
    Path last = Path.of("checkpoints/step-00000004/generator.fb");
    assertThat(directory.resolve("run").resolve(last))
        .hasSameBinaryContentAs(directory.resolve("whole").resolve(last));
  }

  @Test
  void aNumberOfAnExistingNameIsRefused() throws IOException {
    RunListener same =
        new RunListener() {
          @Override
          public Map<String, Double> measure(StepReport report, TrainingRun run) {
            return Map.of("distance", 1.0);
          }
        };
    try (TrainingRun run = TrainingRun.create(directory.resolve("run"), CONFIG)) {
      run.watch(same);
      assertThatIllegalArgumentException()
          .isThrownBy(run::train)
          .withMessage("the step has a number 'distance' already");
    }
  }

  @Test
  void stopsBetweenStepsWithACheckpointAndGoesOnToTheBit() throws IOException {
    Path whole = directory.resolve("whole");
    Path parts = directory.resolve("parts");
    try (TrainingRun run = TrainingRun.create(whole, CONFIG)) {
      run.train();
    }
    try (TrainingRun run = TrainingRun.create(parts, CONFIG)) {
      run.train(() -> run.step() == 3);
      assertThat(run.isFinished()).isFalse();
    }
    assertThat(Run.open(parts).latest().manifest().progress().step()).isEqualTo(3);
    try (TrainingRun run = TrainingRun.resume(parts)) {
      assertThat(run.step()).isEqualTo(3);
      run.train();
    }
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(whole.resolve("metrics.jsonl"));
    for (String file : List.of("generator.fb", "discriminator.fb", "training.fb")) {
      Path last = Path.of("checkpoints/step-00000004").resolve(file);
      assertThat(parts.resolve(last)).hasSameBinaryContentAs(whole.resolve(last));
    }
  }

  @Test
  void noNaNIsSavedOrDrawn() throws IOException {
    Path path = directory.resolve("run");
    try (TrainingRun run = TrainingRun.create(path, CONFIG)) {
      run.train(() -> run.step() == 2);
      INDArray weight = run.state().arrays().get("generator/0_dense/weight");
      weight.putScalar(0, Float.NaN);

      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(run::samples)
          .withMessageContaining("generator/0_dense/weight holds NaN");
      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(run::train)
          .withMessageContainingAll(
              "training diverged at step",
              "the last good checkpoint is " + path.resolve("checkpoints/step-00000002"));
    }
    assertThat(Run.open(path).checkpoints()).hasSize(1);
  }

  @Test
  void nobodyElseCanTrainItMeanwhile() throws IOException {
    Path path = directory.resolve("run");
    try (TrainingRun run = TrainingRun.create(path, CONFIG)) {
      assertThatExceptionOfType(RunLockedException.class)
          .isThrownBy(() -> TrainingRun.resume(path));
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> TrainingRun.create(path, CONFIG));
      run.train(() -> run.step() == 1);
    }
    TrainingRun.resume(path).close();
  }

  @Test
  void aConfigurationThatDoesNotFitLeavesNothingBehind() {
    Path path = directory.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingRun.create(path, CONFIG.withSetting("widht", 3)))
        .withMessageContaining("did you mean 'width'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingRun.create(path, CONFIG.with(RunOptions.IMAGE_SIZE, 28L)))
        .withMessageContaining("the option image-size: toy:8gaussians holds points of the plane");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingRun.create(path, CONFIG.with(RunOptions.VARIANT, null)))
        .withMessageContaining("the option variant is missing");
    assertThat(path).doesNotExist();
  }

  @Test
  void onlySomeOptionsCanBeSaidWhenARunGoesOn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Continuation.UNCHANGED.with(RunOptions.BATCH, 4L))
        .withMessageContainingAll("batch", "fixed when a run is made");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Continuation.UNCHANGED.with(RunOptions.EPOCHS, 4L).with(RunOptions.STEPS, 4L))
        .withMessageContaining("either epochs or steps");
  }
}
