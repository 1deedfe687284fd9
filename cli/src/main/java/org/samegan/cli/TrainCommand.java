package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.samegan.core.device.Device;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.data.PackedImages;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
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
    description = "Train a GAN on images.",
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
      NewRun.requireWritableParent(out);
    }
    Device device = Compute.select(plan.config().device(), terminal);
    Path data = Path.of(plan.config().data());
    PackedImages images = TrainingImages.open(plan.config(), data, terminal);
    RunRecord record = NewRun.record(plan, images);
    Checkpoint.requireStorable(record.model());
    if (dryRun) {
      DryRun.print(record, images, terminal);
      return 0;
    }
    Compute.start(record.config().threads());
    return train(out, record, images, device);
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private RunPlan plan() throws IOException {
    try {
      if (options.out() == null && !dryRun) {
        throw new IllegalArgumentException("--out is missing: name a directory for the run");
      }
      return RunPlan.of(options.resolve(RunConfig.DEFAULTS));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int train(Path out, RunRecord record, PackedImages images, Device device)
      throws IOException {
    RunConfig config = record.config();
    try (Trainer trainer =
        new Trainer(
            record.model(),
            images.as(record.model().pixelRange()),
            config.batch(),
            config.seed())) {
      Run run = Run.create(out, record);
      terminal.say(
          "training %s on %,d images of %s, %d steps of %d, on the %s",
          config.variant(),
          images.size(),
          images.shape(),
          Schedule.of(record).lastStep(),
          config.batch(),
          device == Device.GPU ? "GPU" : "CPU");
      return new TrainingSession(run, trainer, terminal, stop).train();
    }
  }
}
