package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.samegan.core.device.Device;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunRecord;
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

  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Option(
      names = "--dry-run",
      description = "Print the configuration and both networks, and train nothing.")
  private boolean dryRun;

  TrainCommand(Terminal terminal, StopRequest stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException {
    RunPlan plan = plan();
    Path out = options.out();
    if (out != null) {
      Run.requireAbsent(out);
      requireWritableParent(out);
    }
    Device device = Compute.select(plan.config().device(), terminal);
    TrainingData data = TrainingData.open(plan.config(), plan.config().data(), terminal);
    Gan gan = data.gan(plan);
    requireBatch(plan.config(), data.record());
    Optional<TrainingData> heldOut =
        HeldOutData.open(plan.config(), plan.config().data(), gan, terminal);
    RunRecord record =
        new RunRecord(plan.config(), gan, HeldOutData.record(data, heldOut), Software.current());
    Checkpoint.requireStorable(record.model());
    if (dryRun) {
      DryRun.print(record, data, terminal);
      return 0;
    }
    Compute.start(record.config().threads());
    return train(out, record, data, heldOut, device);
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private RunPlan plan() throws IOException {
    try {
      if (options.out() == null && !dryRun) {
        throw new IllegalArgumentException("--out is missing: name a directory for the run");
      }
      return RunPlan.of(options.resolve());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The run's directory is made last; that it can't be must not be found out then. */
  private static void requireWritableParent(Path out) {
    Path ancestor = out.toAbsolutePath().normalize().getParent();
    while (ancestor != null && !Files.exists(ancestor)) {
      ancestor = ancestor.getParent();
    }
    if (ancestor == null || !Files.isDirectory(ancestor) || !Files.isWritable(ancestor)) {
      throw new CommandException(
          String.format(
              "%s: can't be made, since %s is not a directory that can be written to; choose"
                  + " another --out",
              out, ancestor));
    }
  }

  private static void requireBatch(RunConfig config, RunRecord.Data data) {
    if (config.batch() > data.examples()) {
      throw new IllegalArgumentException(
          String.format(
              "--batch %d is more than the %d %s there are; use a smaller batch or more data",
              config.batch(), data.examples(), TrainingData.kindAt(config.data())));
    }
  }

  private int train(
      Path out, RunRecord record, TrainingData data, Optional<TrainingData> heldOut, Device device)
      throws IOException {
    RunConfig config = record.config();
    try (Trainer trainer =
        new Trainer(record.model(), data.dataset(record.model()), config.batch(), config.seed())) {
      Run run = Run.create(out, record);
      return train(run, data, heldOut, trainer, device);
    }
  }

  private int train(
      Run run, TrainingData data, Optional<TrainingData> heldOut, Trainer trainer, Device device)
      throws IOException {
    RunConfig config = run.record().config();
    try (RunLock lock = TrainingSession.lock(run, terminal)) {
      terminal.say(
          "training %s on %s, %d steps of %d, on the %s",
          config.variant(),
          data.description(),
          Schedule.of(run.record()).lastStep(),
          config.batch(),
          device == Device.GPU ? "GPU" : "CPU");
      heldOut.ifPresent(
          held -> terminal.say("the distance is measured on %s held out too", held.description()));
      return new TrainingSession(Run.open(lock.run()), trainer, heldOut, terminal, stop).train();
    }
  }
}
