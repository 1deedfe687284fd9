package org.samegan.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.samegan.core.training.DivergenceException;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.RunRecord;
import org.samegan.runs.ComputeException;
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
    err.println("samegan: " + e.getMessage());
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
      return String.format(
          "out of memory (%s); use a smaller --batch or fewer --count, or allow a larger Java heap:"
              + " SAMEGAN_HEAP=4g ./samegan ...",
          e.getMessage());
    }
    return String.format("unexpected %s; run again with --debug to see where", e);
  }

  /** How what the message advises is done on the command line, where that can't be guessed. */
  private static String remedy(Throwable e) {
    boolean editedByHand =
        e instanceof UnusableFileException file
            && file.path().endsWith(RunRecord.FILE)
            && "SHA-256".equals(file.what());
    return editedByHand ? ": samegan resume RUN --set KEY=VALUE" : "";
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
