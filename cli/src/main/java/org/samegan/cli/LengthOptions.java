package org.samegan.cli;

import picocli.CommandLine.Option;

/** How long to train: one of two. */
final class LengthOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Length of the whole run in passes over the data.")
  private Long epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Length of the whole run in generator steps.")
  private Long steps;

  /** The passes asked for, or null. */
  Long epochs() {
    OptionRange.atLeast("--epochs", 1, epochs);
    return epochs;
  }

  /** The steps asked for, or null. */
  Long steps() {
    OptionRange.atLeast("--steps", 1, steps);
    return steps;
  }
}
