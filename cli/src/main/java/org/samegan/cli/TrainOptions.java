package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.data.ExampleKind;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunConfigReader;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.DataPlace;
import picocli.CommandLine.Option;

/** The options that make a run, beside those that runs declare. */
final class TrainOptions {
  @Option(names = "--out", paramLabel = "RUN", description = "The run's directory, new or empty.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change one of the variant's settings; 'samegan variants' lists them.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--arch",
      paramLabel = "A",
      description = "Short for --set arch=A, of variants that have several architectures.")
  private String architecture;

  @Option(
      names = "--config",
      paramLabel = "FILE.json",
      description = "A configuration, such as a run.json; options given here override it.")
  private Path config;

  /** The run's directory, or null. */
  Path out() {
    return out;
  }

  /** Whether the user chose what to train, and doesn't leave it to the defaults. */
  boolean choosesVariant(GivenOptions given) {
    return config != null || given.values().containsKey(RunOptions.VARIANT.key());
  }

  /** Whether the user changed a setting of the variant. */
  boolean changesSettings() {
    return !settings.isEmpty() || architecture != null;
  }

  /**
   * The configuration asked for.
   *
   * @param given the options that runs declare, as far as they were given
   * @param defaults for what is neither given nor in the configuration file, if there is one
   * @param terminal is told which settings are left out, as they are another variant's
   * @throws IllegalArgumentException if an option is out of range, or options contradict each other
   * @throws IOException if the configuration file can't be used
   */
  RunConfig resolve(GivenOptions given, RunConfig defaults, Terminal terminal) throws IOException {
    RunConfig base = config == null ? defaults : RunConfigReader.read(config);
    RunConfig resolved = base.withOptions(given.values());
    Map<String, Object> merged = new LinkedHashMap<>(settingsThatApply(base, resolved, terminal));
    merged.putAll(settings);
    if (architecture != null) {
      String other = settings.get("arch");
      if (other != null && !other.equals(architecture)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "--arch %s and --set arch=%s contradict each other",
                architecture,
                other));
      }
      merged.put("arch", architecture);
    }
    return resolved.withSettings(merged);
  }

  /**
   * A run's record has the values of all settings, and so the defaults of its variant, which may
   * have the same keys as those of another, or of the same on points instead of images.
   */
  private static Map<String, Object> settingsThatApply(
      RunConfig base, RunConfig resolved, Terminal terminal) {
    String variant = base.get(RunOptions.VARIANT);
    boolean sameVariant = variant == null || variant.equals(resolved.get(RunOptions.VARIANT));
    boolean sameKind = base.get(RunOptions.DATA) == null || kind(base).equals(kind(resolved));
    if (base.settings().isEmpty() || (sameVariant && sameKind)) {
      return base.settings();
    }
    terminal.say(
        "the configuration's settings for %s are left out; give others than the defaults with"
            + " --set",
        sameVariant ? kind(base).plural() : variant);
    return Map.of();
  }

  private static ExampleKind kind(RunConfig config) {
    return DataPlace.of(config.get(RunOptions.DATA)).kind();
  }
}
