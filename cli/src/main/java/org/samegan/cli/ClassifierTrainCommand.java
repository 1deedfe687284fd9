package org.samegan.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.samegan.io.classifier.ClassifierFile;
import org.samegan.io.file.WholeFile;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.classifier.ClassifierRecord;
import org.samegan.runs.classifier.ClassifierSettings;
import org.samegan.runs.classifier.ClassifierTraining;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.Examples;
import org.samegan.runs.data.FoundExamples;
import org.samegan.runs.device.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code classifier train}: a classifier of labelled images, as a file. */
@Command(
    name = "train",
    description = "Train a small convolutional classifier on labelled images.",
    sortOptions = false,
    footer = {
      "",
      "A share of each class is held out to choose the best epoch by. Test images choose",
      "nothing: those of --test, else those that belong to the data, if any.",
      "The file is for: samegan evaluate --features FILE"
    })
final class ClassifierTrainCommand implements Callable<Integer> {
  /** What runs declare and this command takes too. */
  static final List<RunOption<?>> OPTIONS =
      Stream.concat(
              Stream.of(
                  RunOptions.DATA,
                  RunOptions.IMAGE_SIZE,
                  RunOptions.CHANNELS,
                  RunOptions.SKIP_BAD,
                  RunOptions.SEED),
              RunOptions.ofDevices().stream())
          .toList();

  private final Terminal terminal;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Other labelled images, to say how good the classifier is.")
  private Path test;

  @Option(
      names = "--out",
      paramLabel = "FILE.safetensors",
      required = true,
      description = "The new file.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What numbers measured with it are called; default: the file's name without its ending.")
  private String name;

  @Option(names = "--epochs", paramLabel = "E", description = "At most; default: 20.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "B", description = "Images a step; default: 128.")
  private Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Adam's, which falls to 0 along a cosine; default: 0.002.")
  private Double learningRate;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "The share of each class that chooses the best epoch; default: 0.1.")
  private Double validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; default: 5.")
  private Integer patience;

  @Option(
      names = "--no-augment",
      description = "Show training images as they are, not turned, moved, scaled and sheared.")
  private boolean plain;

  ClassifierTrainCommand(Terminal terminal, GivenOptions given) {
    this.terminal = terminal;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = given.config();
    ClassifierSettings settings = settings(config);
    WholeFile.requireDirectory(out);
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(
          out.toString(), null, "classifiers are never overwritten; choose another name");
    }
    ComputeDevice device = ComputeDevice.select(config, terminal::tell);
    DataPlace place = DataPlace.of(config.get(RunOptions.DATA));
    FoundExamples found = place.find(config);
    Optional<FoundExamples> others =
        test == null
            ? place.findHeldOut(config, false)
            : DataPlace.of(test.toString()).findHeldOut(config, true);
    ClassifierTraining.requireForms(found.form(), others.map(FoundExamples::form));
    Examples data = found.open(terminal::tell);
    Optional<Examples> testImages =
        others.isEmpty() ? Optional.empty() : Optional.of(others.get().open(terminal::tell));
    ClassifierTraining training = new ClassifierTraining(data, testImages, settings);
    terminal.say("training a classifier on %s: %s", data.description(), training.split());
    ClassifierTraining.Trained trained =
        training.train(device.start().backend(), epoch -> tell(epoch, settings));
    ClassifierFile.write(out, name(), trained.classifier(), trained.values(), trained.record());
    report(trained);
    return 0;
  }

  private String name() {
    return name == null ? out.getFileName().toString().replaceFirst("\\.[^.]*$", "") : name;
  }

  private ClassifierSettings settings(RunConfig config) {
    try {
      given.values();
      if (config.get(RunOptions.DATA) == null) {
        throw new IllegalArgumentException("--data is missing: name labelled images");
      }
      ClassifierSettings defaults = ClassifierSettings.DEFAULTS;
      return new ClassifierSettings(
          or(epochs, defaults.epochs()),
          or(batch, defaults.batch()),
          or(learningRate, defaults.learningRate()),
          or(validation, defaults.validation()),
          or(patience, defaults.patience()),
          !plain,
          config.get(RunOptions.SEED));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private void tell(ClassifierTraining.Epoch epoch, ClassifierSettings settings) {
    terminal.say(
        "epoch %d/%d  loss %.4f  validation loss %.4f  accuracy %.2f %%%s",
        epoch.epoch(),
        settings.epochs(),
        epoch.loss(),
        epoch.validation().loss(),
        100 * epoch.validation().accuracy(),
        epoch.best() ? "  best" : "");
  }

  private void report(ClassifierTraining.Trained trained) {
    ClassifierRecord record = trained.record();
    terminal.print("classifier  %s", out);
    terminal.print("epoch       %d of %d, the best", record.bestEpoch(), record.epochs());
    print("validation", record.validation());
    if (record.test() != null) {
      print("test", record.test());
    }
    ClassifierRecord.Quality of = record.test() == null ? record.validation() : record.test();
    StringBuilder classes = new StringBuilder();
    for (int c = 0; c < of.classes().size(); c++) {
      classes.append(
          String.format(
              Locale.ROOT,
              "%s%s %.1f %%",
              c == 0 ? "" : ", ",
              trained.classifier().classes().name(c),
              100 * of.classes().get(c)));
    }
    terminal.print("by class    %s", classes);
  }

  private void print(String what, ClassifierRecord.Quality quality) {
    terminal.print(
        "%-11s %.2f %% of %,d images, calibration error %.2f %%",
        what, 100 * quality.accuracy(), quality.images(), 100 * quality.calibrationError());
  }
}
