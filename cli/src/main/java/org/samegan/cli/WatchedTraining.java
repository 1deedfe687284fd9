package org.samegan.cli;

import java.io.IOException;
import java.util.Locale;
import org.samegan.io.toy.ModeStatistics;
import org.samegan.runs.TrainingRun;
import org.samegan.runs.profile.ProfileTable;
import org.samegan.runs.sampling.Samples;

/** Trains a run with a display, until its end or a signal, and says what there is then. */
final class WatchedTraining {
  private WatchedTraining() {}

  static void train(TrainingRun run, Terminal terminal, StopRequest stop) throws IOException {
    stop.arm();
    run.watch(ProgressDisplay.on(terminal))
        .watch(new AlarmDisplay(terminal))
        .train(stop::isRequested);
    run.profile()
        .ifPresent(
            profile -> {
              terminal.say("%s", ProfileTable.of(profile));
              terminal.say("trace       %s (open it in ui.perfetto.dev)", run.files().profile());
            });
    run.exhaustion().ifPresent(why -> terminal.say("patience is at its end: %s", why));
    if (run.isFinished()) {
      run.modes().ifPresent(modes -> terminal.print("modes       %s", inWords(modes)));
      SuggestedCommands.afterTraining(run.files(), terminal);
    } else {
      SuggestedCommands.afterStop(run.files(), run.step(), terminal);
    }
  }

  /** How well samples cover the modes of a distribution. */
  static String inWords(ModeStatistics modes) {
    return String.format(
        Locale.ROOT,
        "%d of %d found, %.1f %% of samples within %.0f standard deviations of one",
        modes.covered(),
        modes.modes(),
        100 * modes.highQuality(),
        Samples.MODE_SIGMAS);
  }
}
