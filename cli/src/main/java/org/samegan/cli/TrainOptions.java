package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunConfigReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that make a run. None has a default here: what is not given comes from the
 * configuration file, or else from {@link RunConfig#DEFAULTS}.
 */
final class TrainOptions {
  @Option(
      names = "--variant",
      paramLabel = "V",
      description =
          "What to train; 'samegan variants' lists them. Or a JSON file: a model as in a run.json,"
              + " with networks and recipe of one's own.")
  private String variant;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "IDX files, raw or gzip, a folder of PNG or JPEG images, or points of the plane:"
              + " toy:8gaussians, toy:25gaussians or toy:swissroll.")
  private String data;

  @Option(
      names = "--held-out",
      paramLabel = "PATH",
      description =
          "Examples on which a Wasserstein variant's distance is measured too; default: the test"
              + " split of IDX files, other points of a toy distribution, none for a folder.")
  private String heldOut;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "The run's directory, which must not exist.")
  private Path out;

  @ArgGroup private LengthOptions length;

  @Option(names = "--batch", paramLabel = "B", description = "Examples in a step; default: 64.")
  private Integer batch;

  @Option(
      names = "--image-size",
      paramLabel = "S",
      description = "Crop and resample images to SxS pixels; default: the data's own size.")
  private Integer imageSize;

  @Option(
      names = "--channels",
      paramLabel = "C",
      description = "1 for gray, 3 for RGB; default: as in the data.")
  private Integer channels;

  @Option(names = "--seed", paramLabel = "S", description = "Seed of all randomness; default: 42.")
  private Long seed;

  @Option(
      names = "--d-steps",
      paramLabel = "K",
      description = "Discriminator steps for each generator step; default: the variant's.")
  private Integer dSteps;

  @Option(
      names = "--ema",
      paramLabel = "DECAY",
      description =
          "Average the generator's weights over the steps, and draw from the average and export it;"
              + " 0 for no average, as 0.999 for one; default: none, or what a model file says.")
  private Double ema;

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

  @Option(
      names = "--checkpoint-every",
      paramLabel = "STEPS",
      description = "Steps between checkpoints; default: an epoch.")
  private Long checkpointEvery;

  @Option(
      names = "--keep",
      paramLabel = "K",
      description = "How many checkpoints to keep, 0 for all; default: 3.")
  private Integer keep;

  @Option(
      names = "--sample-every",
      paramLabel = "STEPS",
      description = "Steps between grids of samples; default: an epoch.")
  private Long sampleEvery;

  @Option(names = "--skip-bad", description = "Leave out images that can't be decoded.")
  private Boolean skipBad;

  @Mixin private Compute compute;

  /** The run's directory, or null. */
  Path out() {
    return out;
  }

  /** Whether the variant is the user's choice, not that of defaults. */
  boolean namesVariant() {
    return variant != null || config != null;
  }

  /**
   * The configuration asked for.
   *
   * @param defaults for what is neither given nor in the configuration file, if there is one
   * @param terminal is told which settings are left out, as they are another variant's
   * @throws IllegalArgumentException if an option is out of range, or one that is needed is missing
   * @throws IOException if the configuration file can't be used
   */
  RunConfig resolve(RunConfig defaults, Terminal terminal) throws IOException {
    requireRanges();
    RunConfig base = config == null ? defaults : RunConfigReader.read(config);
    RunConfig merged =
        new RunConfig(
            or(variant, base.variant()),
            or(data, base.data()),
            or(heldOut, base.heldOut()),
            or(imageSize, base.imageSize()),
            or(channels, base.channels()),
            length == null ? base.epochs() : length.epochs(),
            length == null ? base.steps() : length.steps(),
            or(batch, base.batch()),
            or(seed, base.seed()),
            or(dSteps, base.dSteps()),
            or(ema, base.ema()),
            or(checkpointEvery, base.checkpointEvery()),
            or(keep, base.keep()),
            or(sampleEvery, base.sampleEvery()),
            or(skipBad, base.skipBad()),
            compute.deviceOr(base.device()),
            compute.threadsOr(base.threads()),
            settings(settingsThatApply(base, terminal)));
    requireGiven("--variant", merged.variant());
    requireGiven("--data", merged.data());
    return merged;
  }

  private void requireRanges() {
    OptionRange.atLeast("--batch", 1, batch);
    OptionRange.atLeast("--d-steps", 1, dSteps);
    OptionRange.fraction("--ema", ema);
    OptionRange.atLeast("--checkpoint-every", 0, checkpointEvery);
    OptionRange.atLeast("--keep", 0, keep);
    OptionRange.atLeast("--sample-every", 0, sampleEvery);
    OptionRange.atLeast("--image-size", 1, imageSize);
    if (channels != null && channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "--channels must be 1 (gray) or 3 (RGB), found " + channels);
    }
  }

  /**
   * A run's record has the values of all settings, and so the defaults of its variant, which may
   * have the same keys as those of another, or of the same on points instead of images.
   */
  private Map<String, Object> settingsThatApply(RunConfig base, Terminal terminal) {
    boolean sameVariant =
        variant == null || base.variant() == null || variant.equals(base.variant());
    boolean sameKind =
        data == null
            || base.data() == null
            || TrainingPoints.isAt(data) == TrainingPoints.isAt(base.data());
    if (base.settings().isEmpty() || (sameVariant && sameKind)) {
      return base.settings();
    }
    terminal.say(
        "the configuration's settings for %s are left out; give others than the defaults with --set",
        sameVariant ? TrainingData.kindAt(base.data()) : base.variant());
    return Map.of();
  }

  private Map<String, Object> settings(Map<String, Object> base) {
    Map<String, Object> merged = new LinkedHashMap<>(base);
    merged.putAll(settings);
    if (architecture != null) {
      String other = settings.get("arch");
      if (other != null && !other.equals(architecture)) {
        throw new IllegalArgumentException(
            String.format(
                "--arch %s and --set arch=%s contradict each other", architecture, other));
      }
      merged.put("arch", architecture);
    }
    return merged;
  }

  private static <T> T or(T given, T base) {
    return given == null ? base : given;
  }

  private static void requireGiven(String option, String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          option + " is missing: give it on the command line or in the --config file");
    }
  }
}
