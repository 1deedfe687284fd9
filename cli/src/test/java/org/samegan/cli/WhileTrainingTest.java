package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.run.StepFiles;

/** Reading a run whose checkpoints another process replaces by later ones at the time. */
class WhileTrainingTest {
  private static final int LAST = 6;

  @TempDir private Path directory;
  private Path run;
  private Path checkpoints;

  @BeforeEach
  void train() throws IOException {
    run = directory.resolve("run");
    Invocation training =
        TinyRuns.train(directory, run, "--steps", LAST, "--checkpoint-every", 1, "--keep", 0);
    assertThat(training.code()).as(training.err()).isZero();
    checkpoints = run.resolve("checkpoints");
    for (long step = 1; step < LAST; step++) {
      Files.move(checkpoint(step), elsewhere(step));
    }
  }

  private Path elsewhere(long step) {
    return directory.resolve(StepFiles.name(step, ""));
  }

  private Path checkpoint(long step) {
    return checkpoints.resolve(StepFiles.name(step, ""));
  }

  @Test
  void inspectDoesNotReportWhatIsDeletedMeanwhile() throws Exception {
    Files.move(elsewhere(1), checkpoint(1));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> deleteOldest(done));
    try {
      for (int i = 0; i < 30; i++) {
        Invocation inspection = Invocation.of(directory, "inspect", run);
        assertThat(inspection.code()).as(inspection.err()).isZero();
        assertThat(inspection.out())
            .contains("checkpoint  " + StepFiles.name(LAST, ""))
            .doesNotContain("DAMAGED", "MISSING");
      }
    } finally {
      done.set(true);
      other.get(10, TimeUnit.SECONDS);
    }
  }

  /** Again and again: what was deleted comes back after the other ones. */
  private void deleteOldest(AtomicBoolean done) {
    try {
      for (long i = 0; !done.get(); i++) {
        long step = 1 + i % (LAST - 1);
        long next = 1 + (i + 1) % (LAST - 1);
        Thread.sleep(1 + i % 5);
        Files.move(checkpoint(step), elsewhere(step));
        Files.move(elsewhere(next), checkpoint(next));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("slow")
  void exportTakesACheckpointThatIsThereWhenNd4jHasStarted() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "only Linux tells what is loaded");
    Files.move(elsewhere(LAST - 1), checkpoint(LAST - 1));
    Files.move(checkpoint(LAST), elsewhere(LAST));
    Path log = directory.resolve("log");
    Process export = export(log);
    while (export.isAlive() && !hasLoadedNd4j(export)) {
      Thread.sleep(1);
    }
    // What a run with --keep 1 does.
    Files.move(elsewhere(LAST), checkpoint(LAST));
    Files.move(checkpoint(LAST - 1), elsewhere(LAST - 1));
    assertThat(export.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(export.exitValue()).as(Files.readString(log)).isZero();
  }

  private Process export(Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.samegan.cli.Main",
            "export",
            run.toString(),
            "--format",
            "onnx",
            "--no-verify",
            "--out",
            directory.resolve("generator.onnx").toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static boolean hasLoadedNd4j(Process process) throws IOException {
    return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "maps"))
        .contains("libnd4jcpu");
  }
}
