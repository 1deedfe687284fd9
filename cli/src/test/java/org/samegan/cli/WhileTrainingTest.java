package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
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
}
