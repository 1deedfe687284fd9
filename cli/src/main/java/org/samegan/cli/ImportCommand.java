package org.samegan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.samegan.core.gan.Gan;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.JsonFile;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.WeightMatch;
import org.samegan.io.safetensors.WeightsFile;
import org.samegan.runs.PreparedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: a new run that starts from weights trained elsewhere. */
@Command(
    name = "import",
    description = "Make a run that starts from the weights in a safetensors file.",
    sortOptions = false,
    footer = {
      "",
      "Example: samegan import w.safetensors --variant dcgan --data testdata/mnist --out runs/w",
      "Then 'samegan resume RUN' trains on, and 'samegan sample RUN' draws. A file that SameGAN",
      "wrote brings its options along; for any other say them as for 'samegan train'. Tensors",
      "have PyTorch's layouts; they are found by name, or else by order and shape."
    })
final class ImportCommand implements Callable<Integer> {
  private static final JsonFile MAP =
      JsonFile.plain(
          "a JSON object from the file's tensor names to SameGAN's or null", "correct the map");

  private final Terminal terminal;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.safetensors", description = "The weights.")
  private Path file;

  @Option(
      names = "--map",
      paramLabel = "FILE.json",
      description =
          "An object from the file's tensor names to SameGAN's, such as generator.0.weight; null"
              + " leaves a tensor out.")
  private Path map;

  @Mixin private TrainOptions options;

  ImportCommand(Terminal terminal, GivenOptions given) {
    this.terminal = terminal;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    Path out = out();
    PreparedRun.requireRoom(out);
    Map<String, String> names = map == null ? null : names();
    SafetensorsFile weights = SafetensorsFile.read(file);
    PreparedRun prepared = prepare(weights);
    Gan gan = prepared.record().model();
    WeightMatch match =
        names == null
            ? WeightMatch.byNameOrOrder(weights, gan)
            : WeightMatch.byTable(weights, gan, names);
    RunConfig config = prepared.record().config();
    // Before the weights become arrays: what is wrong with ND4J is said in a sentence then.
    prepared.device().start();
    Run run = prepared.create(out, match.arrays(weights));
    if (!weights.isVerified() && WeightsFile.hasModel(weights)) {
      terminal.say(
          "%s: another program has saved these weights again, so that they can't be compared with"
              + " what was exported",
          file);
    }
    for (String network : match.absent()) {
      terminal.say(
          "%s: holds nothing of the %s, which starts from seed %d",
          file, network, config.get(RunOptions.SEED));
    }
    SuggestedCommands.afterImport(run, match.pairs().size(), terminal);
    return 0;
  }

  private Path out() {
    if (options.out() == null) {
      throw new ParameterException(
          spec.commandLine(), "--out is missing: name a directory for the run");
    }
    return options.out();
  }

  private PreparedRun prepare(SafetensorsFile weights) throws IOException {
    RunConfig defaults = WeightsFile.config(weights).orElse(RunConfig.DEFAULTS);
    Gan brought = brought(weights, defaults);
    if (brought != null) {
      defaults =
          defaults
              .with(RunOptions.VARIANT, file.toAbsolutePath().normalize().toString())
              .withSettings(Map.of());
    }
    RunConfig config;
    try {
      // Mistakes that the command line alone shows are wrong usage.
      config = options.resolve(given, defaults, terminal);
      if (brought == null) {
        PreparedRun.requireSound(config);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
    return brought == null
        ? PreparedRun.of(config, terminal::tell)
        : PreparedRun.of(config, file, brought, terminal::tell);
  }

  /** The file's own model, unless that is what its variant makes; null if it isn't wanted. */
  private Gan brought(SafetensorsFile weights, RunConfig defaults) throws IOException {
    if (options.choosesVariant(given) || !WeightsFile.hasModel(weights)) {
      return null;
    }
    Gan model = WeightsFile.model(weights);
    String variant = defaults.get(RunOptions.VARIANT);
    // The variant's settings can be changed, a model's can't.
    boolean ofModelFile = variant == null || PreparedRun.isModelFile(variant);
    return ofModelFile || !(options.changesSettings() || PreparedRun.makes(defaults, model))
        ? model
        : null;
  }

  private Map<String, String> names() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : MAP.read(map).properties()) {
      if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
        throw new UnusableFileException(
            map,
            "'" + entry.getKey() + "'",
            "a name or null",
            entry.getValue().toString(),
            "correct the map",
            null);
      }
      names.put(entry.getKey(), entry.getValue().textValue());
    }
    return names;
  }
}
