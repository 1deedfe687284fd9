package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.samegan.core.backend.Backend;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;
import org.samegan.runs.device.ComputeDevice;
import org.samegan.runs.evaluation.Evaluation;
import org.samegan.runs.evaluation.EvaluationReport;
import org.samegan.runs.evaluation.EvaluationRequest;
import org.samegan.runs.sampling.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how good a generator is, in numbers beside their floors. */
@Command(
    name = "evaluate",
    description = "Measure how good a generator is, or a folder of images from anywhere.",
    sortOptions = false,
    footer = {
      "",
      "Every number stands beside its floor: the same between real images. Numbers mean",
      "something for the same features and the same count only; docs/metrics.md says what.",
      "The same seed gives the same numbers."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "GENERATOR",
      description =
          "A run, for its latest checkpoint, a checkpoint's directory, an exported generator, or a"
              + " folder of images.")
  private Path generator;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "The images that it was trained on; default: those of the run.")
  private String data;

  @Option(
      names = "--held-out",
      paramLabel = "PATH",
      description =
          "Real images that it was not trained on, for the copy test; default: the test images that"
              + " belong to the data, if any.")
  private String heldOut;

  @Option(
      names = "--features",
      paramLabel = "mnist|FILE|onnx:FILE",
      description =
          "What compares images: the classifier of digits that comes with SameGAN, one of"
              + " 'samegan classifier train', or an output of an ONNX model, onnx:FILE#OUTPUT;"
              + " default: mnist for gray images.")
  private String features;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many images are compared; default: 10000.")
  private Integer count;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description = "Splits that a floor is measured by, 0 for no floors; default: 10.")
  private Integer splits;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Seed of latents, choices and splits; default: 42.")
  private long seed;

  @Option(
      names = "--neighbours",
      paramLabel = "FILE.png",
      description =
          "Draw the ten generated images that are nearest to training images, each with its five"
              + " nearest, to look for copies; a file that is there is replaced.")
  private Path neighbours;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  EvaluateCommand(Terminal terminal, GivenOptions given) {
    this.terminal = terminal;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    EvaluationRequest request = checked();
    if (neighbours != null) {
      WholeFile.requireDirectory(neighbours);
    }
    Backend backend = ComputeDevice.select(given.config(), terminal::tell).start().backend();
    EvaluationReport report = Evaluation.of(request, backend, terminal::tell);
    if (json) {
      terminal.print("%s", Json.text(report));
    } else {
      print(report);
      if (neighbours != null) {
        terminal.print("");
        terminal.print("%-26s %s", "nearest training images", neighbours);
      }
    }
    return 0;
  }

  private EvaluationRequest checked() {
    try {
      given.values();
      if (neighbours != null) {
        Samples.requirePicture(neighbours);
      }
      return new EvaluationRequest(
          generator,
          data,
          heldOut,
          features,
          count == null ? EvaluationRequest.COUNT : count,
          splits == null ? EvaluationRequest.SPLITS : splits,
          seed,
          neighbours);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
  }

  private void print(EvaluationReport report) {
    terminal.print("%-26s %s", "generator", report.generator());
    terminal.print("%-26s %s (%,d images)", "data", report.data(), report.trainImages());
    terminal.print(
        "%-26s %,d generated, %,d real, by %s",
        "images", report.images(), report.images(), report.features().name());
    terminal.print("");
    terminal.print("%-26s %12s   %s", "", "value", "floor: real beside real");
    report
        .metrics()
        .forEach(
            (key, value) -> {
              Metric metric = Metric.named(key);
              String floor =
                  value.floor() == null
                      ? ""
                      : String.format(
                          Locale.ROOT,
                          "%s ± %s%s",
                          number(value.floor().mean()),
                          number(value.floor().deviation()),
                          value.floor().size() < report.images()
                              ? String.format(Locale.ROOT, " (of %,d)", value.floor().size())
                              : "");
              terminal.print("%-26s %12s   %s", metric.title(), number(value.value()), floor);
            });
    report
        .refused()
        .forEach(
            (key, reason) -> terminal.print("%-26s none: %s", Metric.named(key).title(), reason));
    if (report.codeError() != null) {
      terminal.print("%-26s %11.2f%%", "error of the code", 100 * report.codeError());
    }
    printClasses(report.classes());
  }

  private void printClasses(List<EvaluationReport.ClassShare> classes) {
    if (!classes.isEmpty()) {
      terminal.print("");
      terminal.print(
          "%-26s %s",
          "classes, real to generated",
          classes.stream()
              .map(
                  share ->
                      String.format(
                          Locale.ROOT,
                          "%s %.1f to %.1f %%",
                          share.name(),
                          100 * share.real(),
                          100 * share.generated()))
              .collect(Collectors.joining(", ")));
    }
  }

  /** Four significant digits, without an exponent where people can do without. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && size < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
