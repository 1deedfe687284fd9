package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.Continuation;
import org.samegan.runs.ResumableRun;
import org.samegan.runs.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on with a run as if it had never stopped. */
@Command(
    name = "resume",
    description = "Go on with a run from its latest checkpoint.",
    sortOptions = false,
    footer = {
      "",
      "Nothing changes that is not named here: without --epochs or --steps the run goes to the",
      "length asked for at first, and data must be what it was. What is changed with --set or --ema",
      "is recorded with the step from which it holds. The bits are those of the run that never",
      "stopped, on the same kind of machine with the same number of threads."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final StopRequest stop;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's directory.")
  private Path directory;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Change one of the variant's settings from now on, such as a learning rate;"
              + " 'samegan variants' lists them.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private ProfileOption profiling;

  ResumeCommand(Terminal terminal, StopRequest stop, GivenOptions given) {
    this.terminal = terminal;
    this.stop = stop;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    try (ResumableRun resumable = ResumableRun.open(directory, continuation(), terminal::tell)) {
      long step = resumable.step();
      if (resumable.isFinished()) {
        SuggestedCommands.nothingToDo(resumable.files(), step, terminal);
        return 0;
      }
      resumable.recipeChange().ifPresent(this::tell);
      try (TrainingRun run = resumable.start(profiling.profile())) {
        if (resumable.hasCheckpoint()) {
          terminal.say(
              "resuming %s after step %d of %d",
              run.files().directory(), step, run.timetable().lastStep());
        } else {
          terminal.say(
              "%s has no checkpoint: it starts anew, from the weights of seed %d",
              run.files().directory(), run.config().get(RunOptions.SEED));
        }
        WatchedTraining.train(run, terminal, stop);
      }
      return 0;
    }
  }

  private void tell(RecipeChange change) {
    change
        .after()
        .forEach(
            (key, value) ->
                terminal.say(
                    "from step %d on %s is %s (it was %s)",
                    change.step(), key, value, change.before().getOrDefault(key, "not said")));
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private Continuation continuation() {
    try {
      return new Continuation(given.values(), new LinkedHashMap<>(settings));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
  }
}
