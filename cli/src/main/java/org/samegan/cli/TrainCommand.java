package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.samegan.core.device.Device;
import org.samegan.core.training.Trainer;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
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
      NewRun.requireWritableParent(out);
    }
    Device device = Compute.select(plan.config().device(), terminal);
    NewRun prepared = NewRun.prepare(plan, terminal);
    if (dryRun) {
      DryRun.print(prepared.record(), prepared.data(), terminal);
      return 0;
    }
    Machine machine = Compute.start(device, plan.config().threads());
    try (Trainer trainer = prepared.trainer()) {
      return train(Run.create(out, prepared.record().on(machine)), prepared, trainer, device);
    }
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private RunPlan plan() throws IOException {
    try {
      if (options.out() == null && !dryRun) {
        throw new IllegalArgumentException("--out is missing: name a directory for the run");
      }
      return RunPlan.of(options.resolve(RunConfig.DEFAULTS, terminal));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int train(Run run, NewRun prepared, Trainer trainer, Device device) throws IOException {
    RunConfig config = run.record().config();
    try (RunLock lock = TrainingSession.lock(run, terminal)) {
      terminal.say(
          "training %s on %s, %d steps of %d, on the %s",
          config.variant(),
          prepared.data().description(),
          Schedule.of(run.record()).lastStep(),
          config.batch(),
          device == Device.GPU ? "GPU" : "CPU");
      prepared
          .heldOut()
          .ifPresent(
              held ->
                  terminal.say("the distance is measured on %s held out too", held.description()));
      return new TrainingSession(Run.open(lock.run()), trainer, prepared.heldOut(), terminal, stop)
          .train();
    }
  }
}
