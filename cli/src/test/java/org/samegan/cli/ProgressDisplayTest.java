package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;

class ProgressDisplayTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsHowFarTrainingIsAfterAResume(boolean interactive) throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    RunListener display = ProgressDisplay.on(new Terminal(stream, stream, interactive));
    RunConfig config =
        RunConfig.of("gan", "toy:8gaussians")
            .withSetting("width", 4)
            .with(RunOptions.BATCH, 8L)
            .with(RunOptions.STEPS, 10L);
    try (TrainingRun run = TrainingRun.create(directory.resolve("run"), config)) {
      run.train(() -> run.step() == 8);
      display.begun(run);
      display.stepped(report(9, 1.5, 0.5, 0.75, 0.25), run);
      display.stepped(report(10, 1.25, 0.25, 0.5, 0.5), run);
      display.ended(run);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(interactive ? "training 100% [" : "step 10 of 10, epoch 2: ");
    if (interactive) {
      // As wide as the bar is where there is no terminal, as in a test's process.
      assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("\\[=+] 10/10 \\(");
    } else {
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains(" points/s, D loss 1.3750, G loss 0.3750, D(x) 0.625, D(G(z)) 0.375, 0 s left");
    }
  }

  private static StepReport report(
      long step, double dLoss, double gLoss, double real, double fake) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put(StepReport.DISCRIMINATOR_LOSS, dLoss);
    numbers.put(StepReport.GENERATOR_LOSS, gLoss);
    numbers.put(StepReport.REAL_SCORE, real);
    numbers.put(StepReport.FAKE_SCORE, fake);
    return new StepReport(step, 2, numbers);
  }

  @Test
  void durationsAreSaidInWords() {
    assertThat(ProgressMeter.inWords(Duration.ofSeconds(7))).isEqualTo("7 s");
    assertThat(ProgressMeter.inWords(Duration.ofSeconds(65))).isEqualTo("1 min 05 s");
    assertThat(ProgressMeter.inWords(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
  }
}
