package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.training.StepReport;

class MetricsLogTest {
  @TempDir Path directory;

  @Test
  void aResumedLogIsTheUninterruptedLog() throws IOException {
    Path whole = directory.resolve("whole.jsonl");
    append(whole, 0, 1, 9);
    Path resumed = directory.resolve("resumed.jsonl");
    append(resumed, 0, 1, 7);
    // Killed in the middle of a line, and resumed from the checkpoint of step 4.
    Files.writeString(resumed, Files.readString(resumed) + "{\"step\":8,\"ep");
    append(resumed, 4, 5, 9);
    assertThat(resumed).hasSameTextualContentAs(whole);
  }

  @Test
  void keepsEverythingUpToTheStepEvenIfTheLastLineIsCutOff() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 1, 3);
    String good = Files.readString(file);
    Files.writeString(file, good + "{\"step\":4,\"epoch\":1");
    MetricsLog.open(file, 4).close();
    assertThat(file).hasContent(good);
  }

  @Test
  void aLineIsOneJsonObject() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 3, 3);
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"step\":3,\"epoch\":1,\"discriminator-loss\":1.5,\"generator-loss\":0.25,"
                + "\"real-score\":0.5,\"fake-score\":0.375}\n");
  }

  @Test
  void whatWasMeasuredFollowsTheStepsOwnNumbers() throws IOException {
    Path file = directory.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.open(file, 0)) {
      log.append(new StepReport(1, 1, 1.5, 0.25, 0.5, 0.375), Map.of("high-quality", 0.75));
    }
    assertThat(Files.readString(file)).endsWith("\"fake-score\":0.375,\"high-quality\":0.75}\n");
  }

  private static void append(Path file, long last, int from, int to) throws IOException {
    try (MetricsLog log = MetricsLog.open(file, last)) {
      for (int step = from; step <= to; step++) {
        log.append(new StepReport(step, 1, 1.5, 0.25, 0.5, 0.375), Map.of());
      }
    }
  }
}
