package org.samegan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.device.Device;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.WeightMatch;
import org.samegan.io.safetensors.WeightsFile;
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
  private static final long MAXIMUM_MAP = 16 << 20;

  private final Terminal terminal;

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

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path out = out();
    Run.requireAbsent(out);
    NewRun.requireWritableParent(out);
    Map<String, String> names = map == null ? null : names();
    SafetensorsFile weights = SafetensorsFile.read(file);
    RunPlan plan = plan(weights);
    Device device = Compute.select(plan.config().device(), terminal);
    NewRun prepared = NewRun.prepare(plan, terminal);
    Gan gan = prepared.record().model();
    WeightMatch match =
        names == null
            ? WeightMatch.byNameOrOrder(weights, gan)
            : WeightMatch.byTable(weights, gan, names);
    Compute.start(device, plan.config().threads());
    Run run = create(out, prepared, match.arrays(weights));
    for (String network : match.absent()) {
      terminal.say(
          "%s: holds nothing of the %s, which starts from seed %d",
          file, network, plan.config().seed());
    }
    NextSteps.afterImport(run, match.pairs().size(), terminal);
    return 0;
  }

  private Path out() {
    if (options.out() == null) {
      throw new ParameterException(
          spec.commandLine(), "--out is missing: name a directory for the run");
    }
    return options.out();
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private RunPlan plan(SafetensorsFile weights) throws IOException {
    RunConfig defaults = WeightsFile.config(weights).orElse(RunConfig.DEFAULTS);
    try {
      RunConfig config = options.resolve(defaults, terminal);
      boolean ofModelFile = !options.namesVariant() && ModelFile.isNamedBy(config.variant());
      // The file with the model was the other run's; the weights brought the model along.
      return ofModelFile
          ? RunPlan.of(config, new ModelFile(file, WeightsFile.model(weights)))
          : RunPlan.of(config);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static Run create(Path out, NewRun prepared, Map<String, INDArray> weights)
      throws IOException {
    try (Trainer trainer = prepared.trainer()) {
      trainer.startFrom(weights);
      return Run.create(out, prepared.record().ofImportedWeights(), trainer.state());
    }
  }

  private Map<String, String> names() throws IOException {
    if (Files.size(map) > MAXIMUM_MAP) {
      throw new CommandException(map + ": is too large for a map of names");
    }
    try {
      if (Json.tree(Files.readAllBytes(map)) instanceof ObjectNode object) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
            throw notAMap("found " + entry.getValue() + " for '" + entry.getKey() + "'", null);
          }
          names.put(entry.getKey(), entry.getValue().textValue());
        }
        return names;
      }
      throw notAMap("found something else", null);
    } catch (JsonProcessingException e) {
      throw notAMap(e.getOriginalMessage(), e);
    }
  }

  private CommandException notAMap(String found, Exception cause) {
    return new CommandException(
        map
            + ": expected a JSON object from the file's tensor names to SameGAN's or null, "
            + found,
        cause);
  }
}
