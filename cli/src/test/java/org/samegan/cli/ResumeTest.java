package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;

class ResumeTest {
  @TempDir private Path directory;

  @Test
  void equalsTheUninterruptedRunToTheBit() throws IOException {
    Path whole = directory.resolve("whole");
    assertThat(TinyRuns.train(directory, whole, "--steps", 10).code()).isZero();
    Path parts = directory.resolve("parts");
    assertThat(TinyRuns.train(directory, parts, "--steps", 3).code()).isZero();
    Invocation resumed = Invocation.of(directory, "resume", parts, "--steps", 10);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("resuming", "after step 3 of 10");
    assertThat(TinyRuns.latestGraphs(parts)).isEqualTo(TinyRuns.latestGraphs(whole));
    assertThat(parts.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
    assertThat(parts.resolve("samples/step-00000010.png"))
        .hasSameBinaryContentAs(whole.resolve("samples/step-00000010.png"));
    assertThat(TinyRuns.names(parts.resolve("checkpoints"))).contains("step-00000008");
  }

  @Test
  void moreEpochsEqualTheUninterruptedRunToTheBit() throws IOException {
    Path whole = directory.resolve("whole");
    assertThat(TinyRuns.train(directory, whole, "--epochs", 2).code()).isZero();
    Path parts = directory.resolve("parts");
    assertThat(TinyRuns.train(directory, parts, "--epochs", 1).code()).isZero();
    assertThat(TinyRuns.latestGraphs(parts)).isNotEqualTo(TinyRuns.latestGraphs(whole));
    Invocation resumed = Invocation.of(directory, "resume", parts, "--epochs", 2);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.names(parts.resolve("checkpoints"))).contains("step-00000008");
    assertThat(TinyRuns.latestGraphs(parts)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  @Test
  void goesOnAfterAStopToTheLengthAskedForAtFirst() throws IOException {
    Path whole = TinyRuns.trained(directory);
    Path stopped = directory.resolve("stopped");
    assertThat(TinyRuns.train(directory, stopped, "--steps", 1).code()).isZero();
    Run run = Run.open(stopped);
    run.update(run.record().withConfig(run.record().config().with(RunOptions.STEPS, 4L)));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    stopAfterOneStep(run, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("stopped after step 2, saved", "step-00000002", "resume " + stopped);
    Invocation resumed = Invocation.of(directory, "resume", stopped);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(stopped)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  /** As a signal would, but between the second step and the third for sure. */
  private static void stopAfterOneStep(Run run, PrintStream err) throws IOException {
    try (StopRequest stop = new StopRequest(err);
        TrainingRun training = TrainingRun.resume(run.directory())) {
      training.watch(
          new RunListener() {
            @Override
            public void stepped(StepReport report, TrainingRun watched) {
              stop.request();
            }
          });
      WatchedTraining.train(training, new Terminal(err, err, false), stop);
    }
  }

  @Test
  void aFinishedRunSaysSoAndHowToGoOn() {
    Path run = TinyRuns.trained(directory);
    Invocation resumed = Invocation.of(directory, "resume", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("is finished", "4 steps", "resume", "--steps 8");
  }

  @Test
  void startsAnewIfThereIsNoCheckpointYet() throws IOException {
    Path whole = TinyRuns.trained(directory);
    Path killed = directory.resolve("killed");
    Run.create(killed, Run.open(whole).record());
    Invocation resumed = Invocation.of(directory, "resume", killed);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(killed)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  private static void damage(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve("training.fb");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  private static void delete(Path checkpoint) throws IOException {
    for (Path file : TinyRuns.children(checkpoint)) {
      Files.delete(file);
    }
    Files.delete(checkpoint);
  }

  @Test
  void goesOnFromTheCheckpointBeforeOnceADamagedOneIsDeletedAsItSays() throws IOException {
    Path whole = TinyRuns.trained(directory);
    Path run = directory.resolve("damaged");
    Object[] often = {"--steps", 4, "--checkpoint-every", 1};
    assertThat(TinyRuns.train(directory, run, often).code()).isZero();
    Path third = run.resolve("checkpoints/step-00000003");
    Path fourth = run.resolve("checkpoints/step-00000004");
    damage(third);
    Files.delete(fourth.resolve("generator.fb"));
    Invocation refused = Invocation.of(directory, "resume", run);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "generator.fb is missing",
            "delete " + fourth + " and " + third + ", and it goes on after step 2");
    delete(third);
    delete(fourth);
    Invocation resumed = Invocation.of(directory, "resume", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(run)).isEqualTo(TinyRuns.latestGraphs(whole));
    assertThat(run.resolve("metrics.jsonl")).hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
  }

  @Test
  void saysThatItStartsAnewWithoutTheOnlyCheckpoint() throws IOException {
    Path run = TinyRuns.trained(directory);
    Path only = run.resolve("checkpoints/step-00000004");
    damage(only);
    String anew = "delete " + only + ", and resume starts anew, from the weights of seed 42";
    Invocation refused = Invocation.of(directory, "resume", run);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("training.fb: SHA-256", anew).doesNotContain("import");
    // As a run from before the key.
    TinyRuns.makeFirstFormat(run, "imported");
    assertThat(Invocation.of(directory, "resume", run).err())
        .contains(anew, "if the run was made by an import");
    delete(only);
    Invocation resumed = Invocation.of(directory, "resume", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("has no checkpoint: it starts anew");
  }

  @Test
  void refusesToShortenARunAndLeavesItsRecordAlone() throws IOException {
    Path run = TinyRuns.trained(directory);
    String record = Files.readString(run.resolve("run.json"));
    Invocation resumed = Invocation.of(directory, "resume", run, "--steps", 3);
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("already has 4 steps", "3 asked for");
    assertThat(run.resolve("run.json")).hasContent(record);
  }

  @Test
  void refusesOtherDataWithBothFingerprints() throws IOException {
    Path run = TinyRuns.trained(directory);
    String expected = Run.open(run).record().data().fingerprint();
    Path other = TinyRuns.idx(directory, "other-idx3-ubyte", 8, 99);
    Invocation resumed = Invocation.of(directory, "resume", run, "--steps", 8, "--data", other);
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err())
        .contains("the data is not what the run was started with", expected, "found 64 with");
  }

  @Test
  void findsDataThatHasMoved() throws IOException {
    Path run = TinyRuns.trained(directory);
    Path moved = Files.move(TinyRuns.data(directory), directory.resolve("moved-idx3-ubyte"));
    Invocation lost = Invocation.of(directory, "resume", run, "--steps", 5);
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.err()).contains("nothing at this path");
    Invocation found = Invocation.of(directory, "resume", run, "--steps", 5, "--data", moved);
    assertThat(found.code()).as(found.err()).isZero();
  }
}
