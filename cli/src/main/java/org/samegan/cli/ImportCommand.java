package org.samegan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.JsonFile;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.weights.Transfer;
import org.samegan.runs.weights.WeightSource;
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
    WeightSource source = WeightSource.exactly(file, names);
    PreparedRun prepared =
        StartingWeights.prepare(source, source.config(), options, given, spec, terminal);
    Run run = prepared.createUntrained(out);
    Transfer transfer = prepared.transfer().orElseThrow();
    source.remarks().forEach(terminal::tell);
    transfer.remarks(run.record().config().get(RunOptions.SEED)).forEach(terminal::tell);
    SuggestedCommands.afterImport(run, transfer.whole(), terminal);
    return 0;
  }

  private Path out() {
    if (options.out() == null) {
      throw new ParameterException(
          spec.commandLine(), "--out is missing: name a directory for the run");
    }
    return options.out();
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
