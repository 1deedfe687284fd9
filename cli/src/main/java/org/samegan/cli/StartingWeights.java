package org.samegan.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.gan.Gan;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.weights.WeightSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Prepares a run that starts from trained weights, which bring along what is not said. */
final class StartingWeights {
  private StartingWeights() {}

  /**
   * Prepares the run.
   *
   * @param defaults for what is neither given nor in a configuration file
   * @throws ParameterException for mistakes that the command line alone shows
   */
  static PreparedRun prepare(
      WeightSource source,
      RunConfig defaults,
      TrainOptions options,
      GivenOptions given,
      CommandSpec spec,
      Terminal terminal)
      throws IOException {
    boolean asItIs = isTakenAsItIs(source, defaults, options, given);
    RunConfig base =
        asItIs
            ? defaults
                .with(RunOptions.VARIANT, source.description().toString())
                .withSettings(Map.of())
            : defaults;
    RunConfig config;
    try {
      config = options.resolve(given, base, terminal);
      source.requireKind(config);
      if (!asItIs) {
        PreparedRun.requireSound(config);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
    return PreparedRun.of(config, source, asItIs, terminal::tell);
  }

  /** Whether the weights' own model is trained: none is chosen, and its variant makes another. */
  private static boolean isTakenAsItIs(
      WeightSource source, RunConfig defaults, TrainOptions options, GivenOptions given) {
    Optional<Gan> model = source.model();
    if (options.choosesVariant(given) || model.isEmpty()) {
      return false;
    }
    String variant = defaults.get(RunOptions.VARIANT);
    // The variant's settings can be changed, a model's can't.
    boolean ofModelFile = variant == null || PreparedRun.isModelFile(variant);
    return ofModelFile || !(options.changesSettings() || PreparedRun.makes(defaults, model.get()));
  }
}
