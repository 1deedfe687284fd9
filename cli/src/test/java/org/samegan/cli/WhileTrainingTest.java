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
  @TempDir private Path directory;
  private Path run;
  private Path checkpoints;

  @BeforeEach
  void train() {
    run = TinyRuns.trained(directory);
    checkpoints = run.resolve("checkpoints");
  }

  private Path checkpoint(long step) {
    return checkpoints.resolve(StepFiles.name(step, ""));
  }

  @Test
  void inspectDoesNotReportWhatIsDeletedMeanwhile() throws Exception {
    Path latest = Files.createDirectory(checkpoint(99_999_999));
    for (Path file : TinyRuns.children(checkpoint(4))) {
      Files.copy(file, latest.resolve(file.getFileName()));
    }
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> deleteOldest(done));
    try {
      for (int i = 0; i < 30; i++) {
        Invocation inspection = Invocation.of(directory, "inspect", run);
        assertThat(inspection.code()).as(inspection.err()).isZero();
        assertThat(inspection.out())
            .contains("checkpoint  step-99999999")
            .doesNotContain("DAMAGED", "MISSING");
      }
    } finally {
      done.set(true);
      other.get(10, TimeUnit.SECONDS);
    }
  }

  /** Again and again, as a hidden name first: what was deleted comes back as a later step's. */
  private void deleteOldest(AtomicBoolean done) {
    Path hidden = checkpoints.resolve(".step-00000004.partial-test");
    try {
      for (long step = 4; !done.get(); step++) {
        Thread.sleep(1 + step % 5);
        Files.move(checkpoint(step), hidden);
        Files.move(hidden, checkpoint(step + 1));
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("slow")
  void exportTakesACheckpointThatIsThereWhenNd4jHasStarted() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "only Linux tells what is loaded");
    Path log = directory.resolve("log");
    Process export = export(log);
    while (export.isAlive() && !hasLoadedNd4j(export)) {
      Thread.sleep(1);
    }
    // What a run with --keep 1 does.
    Files.move(checkpoint(4), checkpoint(5));
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
