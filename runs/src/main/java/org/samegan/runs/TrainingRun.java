package org.samegan.runs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.gan.Gan;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.profile.Profile;
import org.samegan.core.training.DivergenceException;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunOptions;
import org.samegan.io.toy.ModeStatistics;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.Examples;
import org.samegan.runs.sampling.SampleRequest;
import org.samegan.runs.sampling.Samples;

/**
 * A run that can be trained now: its directory, which nobody else can write to meanwhile, and a
 * trainer where it stands. Close it to let others go on with it.
 *
 * <pre>{@code
 * RunConfig config = RunConfig.of("dcgan", "testdata/mnist").with(RunOptions.EPOCHS, 3L);
 * try (TrainingRun run = TrainingRun.create(Path.of("runs/first"), config)) {
 *   run.train();
 * }
 * }</pre>
 */
public final class TrainingRun implements AutoCloseable {
  private final Run files;
  private final RunLock lock;
  private final Trainer trainer;
  private final Backend backend;
  private final Timetable timetable;
  private final Steering steering;
  private final List<RunListener> listeners = new ArrayList<>();
  private Profile profile;
  private boolean saving;
  private long savedStep = -1;

  private TrainingRun(
      Run files,
      RunLock lock,
      Trainer trainer,
      Backend backend,
      Examples data,
      Optional<Examples> heldOut) {
    this.files = files;
    this.lock = lock;
    this.trainer = trainer;
    this.backend = backend;
    timetable = Timetable.of(files.record());
    steering = new Steering(data, heldOut);
    // What every run has. To add a metric, or another watcher, add it here.
    listeners.add(new CriticDistance(heldOut));
    listeners.add(new ModeCoverage());
    listeners.add(new MetricsLogging());
    // After the log, which a checkpoint must never be ahead of.
    listeners.add(steering);
    listeners.add(new SamplePictures());
  }

  /**
   * Makes a new run.
   *
   * @param directory its place, which must not exist
   * @throws IllegalArgumentException if configuration and data don't fit
   * @throws IOException if something can't be read, or the run not be made
   */
  public static TrainingRun create(Path directory, RunConfig config) throws IOException {
    PreparedRun.requireRoom(directory);
    return PreparedRun.of(config, notice -> {}).create(directory);
  }

  /**
   * Goes on with a run as if it had never stopped.
   *
   * @param directory the run's
   * @throws IOException if there is none, it can't be used, or another process trains it
   */
  public static TrainingRun resume(Path directory) throws IOException {
    return resume(directory, Continuation.UNCHANGED);
  }

  /**
   * Goes on with a run.
   *
   * @param changes what is to be different from now on
   * @throws IllegalArgumentException if it can't be changed so
   * @throws IOException if there is none, it can't be used, or another process trains it
   */
  public static TrainingRun resume(Path directory, Continuation changes) throws IOException {
    ResumableRun run = ResumableRun.open(directory, changes, notice -> {});
    try {
      return run.start();
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /** Takes over a run's lock, and the trainer. */
  static TrainingRun of(
      Run run,
      RunLock lock,
      Trainer trainer,
      Backend backend,
      Examples data,
      Optional<Examples> heldOut) {
    return new TrainingRun(run, lock, trainer, backend, data, heldOut);
  }

  /**
   * Has the steps counted by a profile, which the trainer's backend tells of its calls, and a trace
   * of some of them written beside the run's own files.
   */
  TrainingRun profiled(Optional<Profile> told) {
    profile = told.orElse(null);
    told.ifPresent(some -> listeners.add(new ProfileWriting(some)));
    return this;
  }

  /** Has another listener told of the run, after those that there are. */
  public TrainingRun watch(RunListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Trains to the run's end.
   *
   * @throws DivergenceException if training diverges, with the last good checkpoint
   * @throws IOException if something can't be written
   */
  public void train() throws IOException {
    train(() -> false);
  }

  /**
   * Trains to the run's end, or until a stop is requested, with numbers, pictures and checkpoints
   * on the way; a checkpoint is always the last thing that is written.
   *
   * @param stop asked before every step
   * @throws DivergenceException if training diverges, with the last good checkpoint
   * @throws ComputeException if the device can't go on, such as for want of memory
   * @throws IOException if something can't be written; then as there what has been trained is saved
   *     first, if that can be
   */
  public void train(BooleanSupplier stop) throws IOException {
    files.sweep();
    List<RunListener> begun = new ArrayList<>();
    Throwable failure = null;
    try {
      for (RunListener listener : listeners) {
        begun.add(listener);
        listener.begun(this);
      }
      while (!isFinished() && !stop.getAsBoolean()) {
        trainStep();
      }
      save();
    } catch (DivergenceException e) {
      DivergenceException told = new DivergenceException(e, lastGoodCheckpoint());
      failure = told;
      throw told;
    } catch (IOException e) {
      IOException told = savedAfter(e);
      failure = told;
      throw told;
    } catch (ComputeException e) {
      ComputeException told = savedAfter(e);
      failure = told;
      throw told;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      end(begun, failure);
    }
  }

  private void trainStep() throws IOException {
    StepReport report = profile == null ? trainer.step() : profile.iteration(trainer::step);
    for (RunListener listener : listeners) {
      report = report.with(listener.measure(report, this));
    }
    StepReport complete = report;
    tell(listener -> listener.stepped(complete, this));
    if (timetable.savesAfter(complete.step()) && savedStep != complete.step()) {
      save();
    }
  }

  private void save() throws IOException {
    tell(listener -> listener.saving(this));
    Path checkpoint = saveState();
    tell(listener -> listener.saved(checkpoint, this));
  }

  /**
   * Keeps the run's state as the best so far. It is saved as any checkpoint first, so that a run
   * never goes on from before its best.
   */
  Path keepBest() throws IOException {
    if (savedStep != step()) {
      save();
    }
    return files.best().save(trainer.state());
  }

  private Path saveState() throws IOException {
    saving = true;
    Path checkpoint = files.save(trainer.state());
    saving = false;
    savedStep = step();
    return checkpoint;
  }

  /**
   * Where something else could not be written, a checkpoint perhaps can: nothing trained is lost.
   */
  private IOException savedAfter(IOException failure) {
    String what =
        failure instanceof FileSystemException file && file.getReason() == null
            ? failure.toString()
            : failure.getMessage();
    return lastSave(failure)
        .map(saved -> new IOException(what + "; " + saved, failure))
        .orElse(failure);
  }

  /** The same of a device: as far as it still can, it gives back what it holds. */
  private ComputeException savedAfter(ComputeException failure) throws IOException {
    Optional<String> saved = trainer.isHalfWay() ? Optional.empty() : lastSave(failure);
    return new ComputeException(
        failure.getMessage() + "; " + (saved.isPresent() ? saved.get() : lastGoodCheckpoint()),
        failure);
  }

  /** Saves after a failure, and says so; empty where there is nothing to save, or it can't be. */
  private Optional<String> lastSave(Exception failure) {
    if (saving || savedStep == step()) {
      return Optional.empty();
    }
    try {
      return Optional.of("what had been trained was saved before training ended: " + saveState());
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  private String lastGoodCheckpoint() throws IOException {
    return files
        .latestCheckpoint()
        .map(path -> "the last good checkpoint is " + path)
        .orElse("there is no checkpoint from before, as none was due yet");
  }

  /** Every listener is told, whatever the others do; the first failure is the one that counts. */
  private void end(List<RunListener> begun, Throwable failure) throws IOException {
    IOException first = null;
    for (RunListener listener : begun) {
      try {
        listener.ended(this);
      } catch (IOException e) {
        if (failure != null) {
          failure.addSuppressed(e);
        } else if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Tells a listener something. */
  @FunctionalInterface
  interface Event {
    void tell(RunListener listener) throws IOException;
  }

  /** Tells every listener something. */
  void tell(Event event) throws IOException {
    for (RunListener listener : listeners) {
      event.tell(listener);
    }
  }

  /** The run's directory. */
  public Run files() {
    return files;
  }

  /** What was asked, as it holds now. */
  public RunConfig config() {
    return files.record().config();
  }

  /** Where the data is. */
  public DataPlace data() {
    return DataPlace.of(config().get(RunOptions.DATA));
  }

  /** What is trained. */
  public Gan gan() {
    return trainer.gan();
  }

  /** Examples in a step. */
  public int batch() {
    return config().count(RunOptions.BATCH);
  }

  /** What is due after which step. */
  public Timetable timetable() {
    return timetable;
  }

  /** How many steps have been trained. */
  public long step() {
    return trainer.progress().step();
  }

  /** Whether all steps that were asked for have been trained, or patience is at its end. */
  public boolean isFinished() {
    return step() >= timetable.lastStep() || steering.isExhausted();
  }

  /** The alarms that evaluations have raised and that stand: what they are about has not gone. */
  public Set<Alarm> alarms() {
    return steering.alarms();
  }

  /** Why training has ended before its last step; empty if it hasn't. */
  public Optional<String> exhaustion() {
    return steering.exhaustion();
  }

  /** The networks' values and all else that training knows now; the next step changes it. */
  public TrainingState state() {
    return trainer.state();
  }

  /** How well the generator covers the data's modes now; empty if it has none that are known. */
  public Optional<ModeStatistics> modes() {
    return ModeCoverage.of(this);
  }

  /**
   * Samples of the generator as it is now.
   *
   * @throws DivergenceException if it holds NaN or infinity
   */
  public Samples samples() {
    return Samples.of(generator(), Optional.of(data()));
  }

  /**
   * The generator as it is now, which further training does not change.
   *
   * @throws DivergenceException if it holds NaN or infinity
   */
  public TrainedGenerator generator() {
    TrainingState state = trainer.state();
    state.requireFinite();
    return CompiledGenerator.of(gan(), state.arrays(), backend);
  }

  /** What computes. */
  Backend backend() {
    return backend;
  }

  /** Where the time of the steps goes, if that was asked when the run was made or resumed. */
  public Optional<Profile> profile() {
    return Optional.ofNullable(profile);
  }

  /** The samples that the run's pictures show. */
  SampleRequest pictureRequest() {
    return SampleRequest.picture(config().get(RunOptions.SEED));
  }

  Trainer trainer() {
    return trainer;
  }

  /** Gives memory and lock back. */
  @Override
  public void close() throws IOException {
    trainer.close();
    lock.close();
  }
}
