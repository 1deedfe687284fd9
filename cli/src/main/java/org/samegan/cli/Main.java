package org.samegan.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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
      names = {Version.SHORT, Version.LONG},
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
    // Without picocli, which takes longer to load than to answer; it reports what can't be written.
    if (args.length == 1 && Version.OPTIONS.contains(args[0])) {
      List.of(new Version().getVersion()).forEach(out::println);
      if (!out.checkError()) {
        return ExitCode.OK;
      }
    }
    try (StopRequest stop = new StopRequest(err)) {
      Main main = new Main();
      Terminal terminal = Terminal.of(out, err);
      CommandLine commandLine = new CommandLine(main);
      for (Supplier<CommandLine> command : commands(terminal, stop, args).values()) {
        commandLine.addSubcommand(command.get());
      }
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

  /**
   * The commands by their names: the one that the command line begins with, no others, as each is
   * read from annotations and its options checked, which takes a while. Where it begins with none
   * of them, any may be meant: for help, or for a suggestion.
   */
  private static Map<String, Supplier<CommandLine>> commands(
      Terminal terminal, StopRequest stop, String[] args) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    all.put(
        "train", () -> with(RunOptions.all(), given -> new TrainCommand(terminal, stop, given)));
    all.put("resume", () -> with(changeable(), given -> new ResumeCommand(terminal, stop, given)));
    all.put(
        "sample", () -> with(RunOptions.ofDevices(), given -> new SampleCommand(terminal, given)));
    all.put(
        "evaluate",
        () -> with(RunOptions.ofDevices(), given -> new EvaluateCommand(terminal, given)));
    all.put(
        "classifier",
        () ->
            new CommandLine(new ClassifierCommand())
                .addSubcommand(
                    with(
                        ClassifierTrainCommand.OPTIONS,
                        given -> new ClassifierTrainCommand(terminal, given))));
    all.put(
        "augment",
        () -> with(AugmentCommand.OPTIONS, given -> new AugmentCommand(terminal, stop, given)));
    all.put("export", () -> new CommandLine(new ExportCommand(terminal)));
    all.put("import", () -> with(RunOptions.all(), given -> new ImportCommand(terminal, given)));
    all.put("inspect", () -> new CommandLine(new InspectCommand(terminal)));
    all.put("variants", () -> new CommandLine(new VariantsCommand(terminal)));
    all.put("cache", () -> new CommandLine(new CacheCommand(terminal)));
    all.put("devices", () -> new CommandLine(new DevicesCommand(terminal)));
    if (args.length > 0 && all.containsKey(args[0])) {
      all.keySet().retainAll(Set.of(args[0]));
    }
    return all;
  }

  private static CommandLine with(
      List<RunOption<?>> options, Function<GivenOptions, Object> command) {
    GivenOptions given = new GivenOptions(options);
    CommandLine made = new CommandLine(command.apply(given));
    given.addTo(made.getCommandSpec());
    return made;
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
