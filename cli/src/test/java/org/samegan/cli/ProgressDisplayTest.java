package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.training.DiscriminatorSteps;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.RunConfig;

class ProgressDisplayTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsHowFarTrainingIsAfterAResume(boolean interactive) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Schedule schedule =
        new Schedule(RunConfig.DEFAULTS.withLength(2L, null), 5, DiscriminatorSteps.of(1));
    Terminal terminal = new Terminal(stream, stream, interactive);
    try (ProgressDisplay display = ProgressDisplay.on(terminal, schedule, 8)) {
      display.stepped(new StepReport(9, 2, 1.5, 0.5, 0.75, 0.25));
      display.stepped(new StepReport(10, 2, 1.25, 0.25, 0.5, 0.5));
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(interactive ? "training 100% [" : "step 10 of 10, epoch 2: ");
    if (interactive) {
      // As wide as the bar is where there is no terminal, as in a test's process.
      assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("\\[=+] 10/10 \\(");
    } else {
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("D loss 1.3750, G loss 0.3750, D(x) 0.625, D(G(z)) 0.375, 0 s left");
    }
  }
}
