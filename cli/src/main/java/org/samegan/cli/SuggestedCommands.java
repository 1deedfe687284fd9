package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/** What to do with a run now, as commands to copy. */
final class SuggestedCommands {
  private SuggestedCommands() {}

  /** Prints where a finished run's results are and what to try. */
  static void afterTraining(Run run, Terminal terminal) throws IOException {
    terminal.print("run         %s", run.directory());
    printLatest("checkpoint", run.latestCheckpoint(), terminal);
    printLatest("samples", run.latestPicture(), terminal);
    terminal.print("next        %s sample %s --grid samples.png", command(), quoted(run));
    terminal.print("            %s", longer(run));
    terminal.print("            %s inspect %s", command(), quoted(run));
  }

  /** Prints what an import has made and what to do with it. */
  static void afterImport(Run run, int tensors, Terminal terminal) throws IOException {
    terminal.print("run         %s", run.directory());
    printLatest("checkpoint", run.latestCheckpoint(), terminal);
    terminal.print("tensors     %d", tensors);
    terminal.print("next        %s resume %s", command(), quoted(run));
    terminal.print("            %s sample %s --grid samples.png", command(), quoted(run));
  }

  /** Says what was saved of a run that was stopped, and how it goes on. */
  static void afterStop(Run run, long step, Terminal terminal) throws IOException {
    terminal.say(
        "stopped after step %d, saved %s",
        step, run.latestCheckpoint().map(Path::toString).orElse("nothing"));
    terminal.say("to go on: %s resume %s", command(), quoted(run));
  }

  /** Says that there is nothing left to do in a run. */
  static void nothingToDo(Run run, long step, Terminal terminal) {
    terminal.print(
        "%s is finished: it has all of its %d steps. To go on: %s",
        run.directory(), step, longer(run));
  }

  private static void printLatest(String what, Optional<Path> path, Terminal terminal) {
    path.ifPresent(value -> terminal.print("%-11s %s", what, value));
  }

  private static String longer(Run run) {
    RunConfig config = run.record().config();
    Long steps = config.get(RunOptions.STEPS);
    String length =
        steps == null ? "--epochs " + 2 * config.get(RunOptions.EPOCHS) : "--steps " + 2 * steps;
    return command() + " resume " + quoted(run) + " " + length;
  }

  /** How the user calls SameGAN; the launcher knows. */
  static String command() {
    String command = quoted(System.getProperty("samegan.command", "./samegan"));
    // What has an = in it would be a variable, and not a command.
    return command.contains("=") && !command.startsWith("'") ? "'" + command + "'" : command;
  }

  private static String quoted(Run run) {
    return quoted(run.directory().toString());
  }

  /** As a shell takes it for one word, and no command for an option. */
  static String quoted(String path) {
    String name = path.startsWith("-") ? "./" + path : path;
    return name.matches("[\\w./@%+=:,-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
