package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.Timetable;
import org.samegan.runs.TrainingRun;
import org.samegan.runs.weights.Transfer;
import org.samegan.runs.weights.WeightSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: a new run. What is cheap to check is checked before anything is loaded. */
@Command(
    name = "train",
    description = "Train a GAN on images, or on points of the plane.",
    sortOptions = false,
    footer = {
      "",
      "Example: samegan train --variant dcgan --data testdata/mnist --epochs 3 --out runs/first",
      "Ctrl-C finishes the step and saves a checkpoint; 'samegan resume' goes on from there.",
      "Images are packed once into SAMEGAN_CACHE (default: ~/.cache/samegan)."
    })
final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final StopRequest stop;
  private final GivenOptions given;

  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Option(
      names = "--from",
      paramLabel = "RUN|FILE",
      description =
          "Start from trained weights: those of a run, RUN@best, a checkpoint or a safetensors"
              + " file. What doesn't fit the data's classes or size starts anew. Without --variant"
              + " networks, recipe and options are those of the weights, as far as they say.")
  private Path from;

  @Option(
      names = "--dry-run",
      description = "Print the configuration and both networks, and train nothing.")
  private boolean dryRun;

  @Mixin private ProfileOption profiling;

  TrainCommand(Terminal terminal, StopRequest stop, GivenOptions given) {
    this.terminal = terminal;
    this.stop = stop;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    PreparedRun prepared = from == null ? ofSeed() : ofWeights();
    if (dryRun) {
      DryRun.print(prepared, terminal);
      return 0;
    }
    try (TrainingRun run = prepared.create(options.out(), profiling.profile())) {
      terminal.say(
          "training %s on %s, %d steps of %d, on the %s",
          run.config().get(RunOptions.VARIANT),
          prepared.examples().description(),
          Timetable.of(prepared.record()).lastStep(),
          run.batch(),
          prepared.device().description());
      prepared
          .heldOut()
          .ifPresent(held -> terminal.say("held out to measure on: %s", held.description()));
      WatchedTraining.train(run, terminal, stop);
      return 0;
    }
  }

  private PreparedRun ofSeed() throws IOException {
    RunConfig config = config();
    requireRoom();
    return PreparedRun.of(config, terminal::tell);
  }

  private PreparedRun ofWeights() throws IOException {
    requireOut();
    requireRoom();
    WeightSource source = WeightSource.at(from);
    RunConfig defaults =
        options.choosesVariant(given) ? source.config() : source.configForItsImages();
    PreparedRun prepared =
        StartingWeights.prepare(source, defaults, options, given, spec, terminal);
    Transfer transfer = prepared.transfer().orElseThrow();
    source.remarks().forEach(terminal::tell);
    transfer.summary().forEach(terminal::tell);
    transfer.remarks(prepared.record().config().get(RunOptions.SEED)).forEach(terminal::tell);
    return prepared;
  }

  private void requireOut() {
    if (options.out() == null && !dryRun) {
      throw new ParameterException(
          spec.commandLine(), "--out is missing: name a directory for the run");
    }
  }

  private void requireRoom() throws IOException {
    if (options.out() != null) {
      PreparedRun.requireRoom(options.out());
    }
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private RunConfig config() throws IOException {
    requireOut();
    try {
      RunConfig config = options.resolve(given, RunConfig.DEFAULTS, terminal);
      PreparedRun.requireSound(config);
      return config;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
  }
}
