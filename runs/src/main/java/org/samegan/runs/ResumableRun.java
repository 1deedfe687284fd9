package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfilingBackend;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.Machine;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.Examples;
import org.samegan.runs.data.HeldOutExamples;
import org.samegan.runs.data.TrainingExamples;
import org.samegan.runs.device.ComputeDevice;
import org.samegan.runs.device.Computing;

/**
 * A run that could go on: its latest checkpoint has been found, and what is to change fits. Nothing
 * of the run has been changed, and its data has not been looked at. It holds the run's lock until
 * it is started or closed.
 */
public final class ResumableRun implements AutoCloseable {
  private final Run run;
  private final RunLock lock;
  private final RunRecord record;
  private final Continuation changes;
  private final Optional<TrainingState> state;
  private final Consumer<String> notices;
  private boolean started;

  private ResumableRun(
      Run run,
      RunLock lock,
      RunRecord record,
      Continuation changes,
      Optional<TrainingState> state,
      Consumer<String> notices) {
    this.run = run;
    this.lock = lock;
    this.record = record;
    this.changes = changes;
    this.state = state;
    this.notices = notices;
  }

  /**
   * Opens a run, to go on with it.
   *
   * @param directory the run's
   * @param changes what is to be different from now on
   * @param notices is told what users should know
   * @throws IllegalArgumentException if it can't be changed so
   * @throws IOException if there is none, it can't be used, or another process trains it
   */
  public static ResumableRun open(Path directory, Continuation changes, Consumer<String> notices)
      throws IOException {
    RunLock lock = RunLock.acquire(Run.open(directory).directory(), notices);
    try {
      // Read again: until the lock was taken another process could change it.
      Run run = Run.open(lock.run());
      requireSaid(run);
      Optional<TrainingState> state = ResumePoint.of(run);
      long step = step(state);
      RunRecord record = changed(run, step, changes, notices);
      return new ResumableRun(run, lock, record, changes, state, notices);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A configuration need not say everything, but a run was trained with all of this. */
  private static void requireSaid(Run run) throws UnusableFileException {
    for (RunOption<?> option : List.of(RunOptions.VARIANT, RunOptions.DATA)) {
      if (run.record().config().get(option) == null) {
        throw new UnusableFileException(
            run.directory().resolve(RunRecord.FILE),
            "'" + option.key() + "'",
            "what the run was started with",
            "null",
            "bring back the file as SameGAN wrote it",
            null);
      }
    }
  }

  private static long step(Optional<TrainingState> state) {
    return state.map(saved -> saved.progress().step()).orElse(0L);
  }

  /** What the record is to say once the run goes on. */
  private static RunRecord changed(
      Run run, long step, Continuation changes, Consumer<String> notices) throws IOException {
    RunRecord record = run.record().goingOnFrom(step);
    for (RecipeChange undone :
        run.record().changes().subList(record.changes().size(), run.record().changes().size())) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "the run goes on from step %d, before the change of %s that held from step %d: it is"
                  + " dropped; give it again if it is still wanted",
              step,
              String.join(", ", undone.after().keySet()),
              undone.step()));
    }
    RunConfig config = record.config();
    for (Map.Entry<String, Object> option : changes.options().entrySet()) {
      if (changes.use(option.getKey()) == RunOption.Use.CONDUCT) {
        config = config.with(option.getKey(), option.getValue());
      }
    }
    // First: what changes over a run's length could not do so over a shorter one than there is.
    requireNotPast(run, Timetable.of(record.withConfig(config)), step);
    Steering.requireSound(config, DataPlace.of(config.get(RunOptions.DATA)).kind());
    return ChangedRecipe.in(record.withConfig(config), step, changes);
  }

  /** A run can't be made shorter than it is. */
  private static void requireNotPast(Run run, Timetable timetable, long step) {
    if (timetable.lastStep() < step) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s already has %d steps, more than the %d asked for; the length is that of the whole"
                  + " run, so ask for more, or start a new run",
              run.directory(),
              step,
              timetable.lastStep()));
    }
  }

  /** The run's directory. */
  public Run files() {
    return run;
  }

  /** How many steps it has. */
  public long step() {
    return step(state);
  }

  /** How many it is to have. */
  public long lastStep() {
    return Timetable.of(record).lastStep();
  }

  /** Whether it has all steps that are asked for. */
  public boolean isFinished() {
    return step() == lastStep();
  }

  /** Whether there is a checkpoint; without one the run starts anew, with the same bits. */
  public boolean hasCheckpoint() {
    return state.isPresent();
  }

  /** What changes with this continuation of what the run is trained with; empty if nothing does. */
  public Optional<RecipeChange> recipeChange() {
    int known = run.record().goingOnFrom(step()).changes().size();
    return record.changes().stream().skip(known).findFirst();
  }

  /**
   * Finds the data, and makes the run ready to be trained. What has changed is recorded now.
   *
   * @throws UnusableFileException if the data is not what the run was started with
   * @throws IOException if something can't be read or written
   */
  public TrainingRun start() throws IOException {
    return start(Optional.empty());
  }

  /**
   * The same, with where the time of its steps goes.
   *
   * @param profile is told of every step; a trace of some is written to {@code profile.json} in the
   *     run's directory when training ends. The run is the same, to the bit
   */
  public TrainingRun start(Optional<Profile> profile) throws IOException {
    RunConfig now = record.config().withOptions(changes.options());
    ComputeDevice device = ComputeDevice.select(now, notices);
    DataPlace data = DataPlace.of(now.get(RunOptions.DATA));
    Examples examples = TrainingExamples.find(now, data).open(notices);
    requireSameData(data, examples);
    Optional<Examples> heldOut = heldOut(now, data);
    Computing computing = device.start();
    Machine machine = computing.machine();
    RunRecord started = step() == 0 && record.machine() == null ? record.on(machine) : record;
    EnvironmentChanges.of(started, machine, Software.current()).ifPresent(notices);
    Gan gan = started.model();
    Trainer trainer =
        new Trainer(
            gan,
            examples.dataset(gan),
            now.sharding(),
            now.get(RunOptions.SEED),
            ProfilingBackend.of(computing.backend(), profile));
    heldOut.ifPresent(unseen -> trainer.holdOut(unseen.dataset(gan)));
    state.ifPresent(
        saved -> {
          trainer.restore(saved);
          // The trainer has copied them, and a session is long.
          saved.arrays().values().forEach(INDArray::close);
        });
    if (!started.equals(run.record())) {
      run.update(started);
    }
    this.started = true;
    return TrainingRun.of(run, lock, trainer, computing.backend(), examples, heldOut)
        .profiled(profile);
  }

  private void requireSameData(DataPlace place, Examples found) throws UnusableFileException {
    RunRecord.Data expected = record.data();
    if (!found.fingerprint().equals(expected.fingerprint())) {
      throw new UnusableFileException(
          Path.of(place.absolute()),
          String.format(
              Locale.ROOT,
              "the data is not what the run was started with: expected %,d examples with"
                  + " fingerprint %s, found %,d with %s; bring back the data, name where it is now"
                  + " with the %s, or start a new run",
              expected.examples(),
              expected.fingerprint(),
              found.count(),
              found.fingerprint(),
              record.config().get(RunOptions.UNLABELLED) == null
                  ? "option data"
                  : "options data and unlabelled"),
          null);
    }
  }

  /** What the run held out when it started: none then, none now. */
  private Optional<Examples> heldOut(RunConfig now, DataPlace data) throws IOException {
    String expected = record.data().heldOut();
    if (expected == null) {
      if (changes.options().containsKey(RunOptions.HELD_OUT.key())) {
        throw new IllegalArgumentException(
            "the option held-out: the run measures nothing on held-out data; leave it out");
      }
      return Optional.empty();
    }
    HeldOutExamples held = HeldOutExamples.find(now, data, record.model(), notices);
    Optional<Examples> examples = held.open(notices);
    String found = examples.map(Examples::fingerprint).orElse("none");
    if (!found.equals(expected)) {
      throw new UnusableFileException(
          Path.of(held.place().absolute()),
          String.format(
              Locale.ROOT,
              "the held-out data is not what the run was started with: expected fingerprint %s,"
                  + " found %s; bring back the data, or name where it is now with the option"
                  + " held-out",
              expected,
              found),
          null);
    }
    return examples;
  }

  /** Gives the run's lock back, unless the run has been started. */
  @Override
  public void close() throws IOException {
    if (!started) {
      lock.close();
    }
  }
}
