package org.samegan.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code samegan} command. */
@Command(
    name = "samegan",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains GANs on ND4J, resumes training to the bit, draws samples and exports.",
    footer = {"", "For one command's options: samegan COMMAND --help"})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of SameGAN, ND4J and Java and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean debug;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Messages are English, and so are their numerals, whatever language the machine speaks.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs a command.
   *
   * @param args the command line
   * @param out receives results
   * @param err receives progress and messages
   * @return 0 for success, 1 for failure, 2 for wrong usage
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    try (StopRequest stop = new StopRequest(err)) {
      Main main = new Main();
      Terminal terminal = Terminal.of(out, err);
      CommandLine commandLine = new CommandLine(main);
      GivenOptions train = new GivenOptions(RunOptions.all());
      add(commandLine, new TrainCommand(terminal, stop, train), train);
      GivenOptions resume = new GivenOptions(changeable());
      add(commandLine, new ResumeCommand(terminal, stop, resume), resume);
      GivenOptions sample = new GivenOptions(RunOptions.ofDevices());
      add(commandLine, new SampleCommand(terminal, sample), sample);
      add(commandLine, new ExportCommand(terminal), new GivenOptions(List.of()));
      GivenOptions imported = new GivenOptions(RunOptions.all());
      add(commandLine, new ImportCommand(terminal, imported), imported);
      add(commandLine, new InspectCommand(terminal), new GivenOptions(List.of()));
      add(commandLine, new VariantsCommand(terminal), new GivenOptions(List.of()));
      add(commandLine, new CacheCommand(terminal), new GivenOptions(List.of()));
      add(commandLine, new DevicesCommand(terminal), new GivenOptions(List.of()));
      commandLine
          .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
          .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
      ErrorReport errors = new ErrorReport(err, () -> main.debug);
      commandLine.setParameterExceptionHandler(errors);
      commandLine.setExecutionExceptionHandler(errors);
      try {
        int code = commandLine.execute(args);
        // A print stream keeps its troubles to itself until it is asked.
        return out.checkError() && code == ExitCode.OK
            ? errors.report(
                new CommandException(
                    "the results could not be written to stdout; is its disk full, or was it"
                        + " closed?"))
            : code;
      } catch (LinkageError | VirtualMachineError e) {
        // These are no exceptions to picocli, and happen when ND4J's library can't be loaded or
        // memory runs out.
        return errors.report(e);
      }
    }
  }

  private static void add(CommandLine commandLine, Object command, GivenOptions options) {
    CommandLine added = new CommandLine(command);
    options.addTo(added.getCommandSpec());
    commandLine.addSubcommand(added);
  }

  /** What can be said when a run goes on. */
  private static List<RunOption<?>> changeable() {
    return RunOptions.all().stream().filter(option -> option.use() != RunOption.Use.FIXED).toList();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command was given; choose one of "
            + String.join(", ", spec.subcommands().keySet())
            + ", such as: samegan train --variant dcgan --data testdata/mnist --out runs/first");
  }
}
