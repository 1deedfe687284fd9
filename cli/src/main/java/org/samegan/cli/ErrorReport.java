package org.samegan.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.training.DivergenceException;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.RunRecord;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns errors into one message for the user, and an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintStream err;
  private final BooleanSupplier debug;

  ErrorReport(PrintStream err, BooleanSupplier debug) {
    this.err = err;
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    err.println(
        "samegan: "
            + (e.getCause() instanceof InvalidPathException path ? inWords(path) : e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("did you mean " + String.join(" or ", suggestions) + "?");
      }
    }
    err.println(
        "for the options: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    // Options that come after the fault have not been read.
    if (debug.getAsBoolean() || Arrays.asList(args).contains("--debug")) {
      e.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult parseResult) {
    return report(e);
  }

  /** Reports what ended a command. */
  int report(Throwable e) {
    err.println("samegan: " + describe(e));
    if (debug.getAsBoolean()) {
      e.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private static String describe(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return describe(unchecked.getCause());
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + inWords(file);
    }
    if (e instanceof InvalidPathException path) {
      return inWords(path);
    }
    boolean expected =
        e instanceof IOException
            || e instanceof IllegalArgumentException
            || e instanceof DivergenceException
            || e instanceof ComputeException
            || e instanceof CommandException;
    if (expected && e.getMessage() != null) {
      return OptionNames.dashed(e.getMessage()) + remedy(e);
    }
    if (e instanceof OutOfMemoryError) {
      return "out of memory ("
          + e.getMessage()
          + "); use a smaller --batch or fewer --count, or allow a larger Java heap:"
          + " SAMEGAN_HEAP=4g "
          + SuggestedCommands.command()
          + " ...";
    }
    return "unexpected " + e + "; run again with --debug to see where";
  }

  /** How what the message advises is done on the command line, where that can't be guessed. */
  private static String remedy(Throwable e) {
    boolean editedByHand =
        e instanceof UnusableFileException file
            && file.path().endsWith(RunRecord.FILE)
            && "SHA-256".equals(file.what());
    return editedByHand ? ": samegan resume RUN --set KEY=VALUE" : "";
  }

  /** What is no character of the locale's is the usual reason, and a NUL the odd one. */
  static String inWords(InvalidPathException e) {
    return "'"
        + e.getInput().replace("\0", "\\0")
        + "' can't be the name of a file here ("
        + e.getReason()
        + "); choose another name, or a locale in UTF-8, such as LC_ALL=C.UTF-8";
  }

  private static String inWords(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied; check the permissions";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "exists already; choose another name";
    }
    return e.getClass()
        .getSimpleName()
        .replace("Exception", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
