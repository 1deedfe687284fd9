package org.samegan.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code classifier}: what is done with classifiers. */
@Command(
    name = "classifier",
    description = "Train a classifier, by whose features generators are evaluated.",
    synopsisSubcommandLabel = "COMMAND")
final class ClassifierCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command was given; choose one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
