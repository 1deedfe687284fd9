package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.device.Device;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on with a run as if it had never stopped. */
@Command(
    name = "resume",
    description = "Go on with a run from its latest checkpoint.",
    sortOptions = false,
    footer = {
      "",
      "Without --epochs or --steps to the length asked for at first. The bits are those of the run",
      "that never stopped, on the same kind of machine with the same number of threads."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final StopRequest stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's directory.")
  private Path directory;

  @ArgGroup private LengthOptions length;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Where the run's data is now, if it has moved; it must be the same data.")
  private String data;

  @Option(
      names = "--held-out",
      paramLabel = "PATH",
      description = "Where the run's held-out data is now, if it has moved.")
  private String heldOut;

  @Mixin private Compute compute;

  ResumeCommand(Terminal terminal, StopRequest stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException {
    Run run = Run.open(directory);
    try (RunLock lock = TrainingSession.lock(run, terminal)) {
      // Read again: until the lock was taken another process could change it.
      return resume(Run.open(lock.run()));
    }
  }

  private int resume(Run run) throws IOException {
    RunConfig config = run.record().config();
    String device = checked(config);
    Checkpoint latest = StartingPoint.of(run).orElse(null);
    long step = latest == null ? 0 : latest.manifest().progress().step();
    Schedule schedule = schedule(run.record());
    requireNotPast(schedule, step);
    if (step == schedule.lastStep()) {
      NextSteps.nothingToDo(run, step, terminal);
      return 0;
    }
    Device selected = Compute.select(device, terminal);
    String place = data == null ? config.data() : data;
    TrainingData found = FoundData.at(config, place).open(terminal);
    requireSameData(run.record().data(), found.record());
    Optional<TrainingData> held = heldOut(run.record(), place);
    Machine machine = Compute.start(selected, compute.threadsOr(config.threads()));
    if (step == 0 && run.record().machine() == null) {
      run.startOn(machine);
    }
    BitsWarning.of(run.record(), machine, Software.current())
        .ifPresent(warning -> terminal.say("%s", warning));
    return train(run, found, held, latest);
  }

  private Schedule schedule(RunRecord record) {
    Schedule asked = Schedule.of(record);
    return length == null ? asked : asked.withLength(length.epochs(), length.steps());
  }

  /** A run can't be made shorter than it is. */
  private void requireNotPast(Schedule schedule, long step) {
    if (schedule.lastStep() < step) {
      throw new CommandException(
          String.format(
              "%s already has %d steps, more than the %d asked for; the length is that of the whole"
                  + " run, so ask for more, or start a new run",
              directory, step, schedule.lastStep()));
    }
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private String checked(RunConfig config) {
    try {
      if (length != null) {
        OptionRange.atLeast("--epochs", 1, length.epochs());
        OptionRange.atLeast("--steps", 1, length.steps());
      }
      compute.threadsOr(config.threads());
      return compute.deviceOr(config.device());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void requireSameData(RunRecord.Data expected, RunRecord.Data found) {
    if (!found.fingerprint().equals(expected.fingerprint())) {
      throw new CommandException(
          String.format(
              "the data is not what the run was started with: expected %,d examples with"
                  + " fingerprint %s, found %,d with %s; bring back the data, name where it is now with --data,"
                  + " or start a new run",
              expected.examples(), expected.fingerprint(), found.examples(), found.fingerprint()));
    }
  }

  /** What the run held out when it started: none then, none now. */
  private Optional<TrainingData> heldOut(RunRecord record, String place) throws IOException {
    String expected = record.data().heldOut();
    if (expected == null) {
      if (heldOut != null) {
        throw new CommandException(
            "--held-out: the run measures nothing on held-out data; leave the option out");
      }
      return Optional.empty();
    }
    RunConfig config = heldOut == null ? record.config() : record.config().withHeldOut(heldOut);
    Optional<TrainingData> held =
        HeldOutData.find(config, place, record.model(), terminal).open(terminal);
    String found = held.map(examples -> examples.record().fingerprint()).orElse("none");
    if (!found.equals(expected)) {
      throw new CommandException(
          String.format(
              "the held-out data is not what the run was started with: expected fingerprint %s,"
                  + " found %s; bring back the data, or name where it is now with --held-out",
              expected, found));
    }
    return held;
  }

  private int train(Run run, TrainingData found, Optional<TrainingData> held, Checkpoint latest)
      throws IOException {
    RunRecord record = run.record();
    try (Trainer trainer =
        new Trainer(
            record.model(),
            found.dataset(record.model()),
            record.config().batch(),
            record.config().seed())) {
      if (latest != null) {
        TrainingState state = latest.state();
        trainer.restore(state);
        // The trainer has copied them, and a session is long.
        state.arrays().values().forEach(INDArray::close);
      }
      if (length != null) {
        run.extend(length.epochs(), length.steps());
      }
      if (latest == null) {
        terminal.say(
            "%s has no checkpoint: it starts anew, from the weights of seed %d",
            run.directory(), record.config().seed());
      } else {
        terminal.say(
            "resuming %s after step %d of %d",
            run.directory(), trainer.progress().step(), Schedule.of(run.record()).lastStep());
      }
      return new TrainingSession(run, trainer, held, terminal, stop).train();
    }
  }
}
