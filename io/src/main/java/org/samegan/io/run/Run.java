package org.samegan.io.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.checkpoint.StorableSize;
import org.samegan.io.file.FileFailure;
import org.samegan.io.file.NewDirectory;
import org.samegan.io.file.WholeFile;

/** A run's directory: its record, checkpoints, samples and metrics. */
public final class Run {
  private final Path directory;
  private RunRecord record;

  private Run(Path directory, RunRecord record) {
    this.directory = directory;
    this.record = record;
  }

  /**
   * Makes a new run's directory.
   *
   * @throws FileAlreadyExistsException if there is something already; it is never overwritten
   * @throws IOException if it can't be made
   */
  public static Run create(Path directory, RunRecord record) throws IOException {
    requireAbsent(directory);
    StorableSize.require(record.model());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw couldNotCreate(directory, e);
    }
    Run run = new Run(directory, record);
    Files.createDirectories(run.samples());
    WholeFile.write(directory.resolve(RunRecord.FILE), record.toJson());
    return run;
  }

  /**
   * Makes a new run that starts from a state, saved as its first checkpoint. The run is whole or
   * absent.
   *
   * @throws FileAlreadyExistsException if there is something already; it is never overwritten
   * @throws IOException if it can't be made; nothing is left behind then
   */
  public static Run create(Path directory, RunRecord record, TrainingState start)
      throws IOException {
    requireAbsent(directory);
    StorableSize.require(record.model());
    try (CheckpointDirectory partial = CheckpointDirectory.beside(NewDirectory.place(directory))) {
      Run run = new Run(partial.path(), record);
      Files.createDirectories(run.samples());
      WholeFile.write(partial.path().resolve(RunRecord.FILE), record.toJson());
      run.save(start);
      partial.complete();
    }
    return new Run(directory, record);
  }

  /**
   * Makes sure that a run could be made here, where nothing is, or an empty directory.
   *
   * @throws FileAlreadyExistsException if there is something already
   * @throws IOException if that can't be found out
   */
  public static void requireAbsent(Path directory) throws IOException {
    NewDirectory.requireRoom(
        directory,
        "a run is never overwritten; choose another directory, or continue this one with resume");
  }

  private static FileSystemException couldNotCreate(Path directory, IOException cause) {
    return FileFailure.of(
        directory,
        String.format(
            Locale.ROOT,
            "cannot make the run's directory (%s); check that its parent is writable",
            cause),
        cause);
  }

  /**
   * Opens a run.
   *
   * @throws NoSuchFileException if there is no run
   * @throws IOException if its record can't be read
   */
  public static Run open(Path directory) throws IOException {
    if (!isRun(directory)) {
      throw new NoSuchFileException(
          directory.toString(),
          null,
          Files.exists(directory)
              ? "there is no " + RunRecord.FILE + ", so this is no run"
              : "there is no such run");
    }
    return new Run(directory, RunRecord.read(directory.resolve(RunRecord.FILE)));
  }

  /** The run that a checkpoint's directory lies in; empty if it lies elsewhere. */
  public static Optional<Run> holding(Path checkpoint) throws IOException {
    Path checkpoints = checkpoint.toAbsolutePath().normalize().getParent();
    Path owner = checkpoints == null ? null : checkpoints.getParent();
    return owner != null && isRun(owner) ? Optional.of(open(owner)) : Optional.empty();
  }

  /**
   * Reads something of what a user names as a place to draw from: the latest checkpoint of a run,
   * or a checkpoint.
   *
   * @param place a run's directory, or a checkpoint's
   * @throws NoSuchFileException if there is neither
   * @throws CheckpointException if the checkpoint can't be used
   */
  public static <T> T fromCheckpointAt(Path place, CheckpointUse<T> use) throws IOException {
    Path found = BestCheckpoint.resolve(place);
    return isRun(found) ? open(found).fromLatest(use) : use.of(Checkpoint.read(found));
  }

  /** Whether a directory holds a run. */
  public static boolean isRun(Path directory) {
    return Files.isRegularFile(directory.resolve(RunRecord.FILE));
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** What was asked, and what came of it. */
  public RunRecord record() {
    return record;
  }

  /** Where sample grids go. */
  public Path samples() {
    return directory.resolve("samples");
  }

  /** The picture of samples of the latest step that has one. */
  public Optional<Path> latestPicture() throws IOException {
    List<Path> all = StepFiles.in(samples(), ".png");
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Every step's numbers, one JSON object a line. */
  public Path metrics() {
    return directory.resolve("metrics.jsonl");
  }

  /**
   * Where the time of its steps went when it was last trained with a profile. It is no part of the
   * run: nothing reads it.
   */
  public Path profile() {
    return directory.resolve("profile.json");
  }

  private Path checkpointsDirectory() {
    return directory.resolve("checkpoints");
  }

  /** All checkpoints, the first step's first. */
  public List<Path> checkpoints() throws IOException {
    return StepFiles.in(checkpointsDirectory(), "");
  }

  /** The checkpoint that is kept as the best, if there is one. */
  public BestCheckpoint best() {
    return new BestCheckpoint(this);
  }

  /** The checkpoint of the latest step. */
  public Optional<Path> latestCheckpoint() throws IOException {
    List<Path> all = checkpoints();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * The checkpoint of the latest step, of this run's model.
   *
   * @throws NoSuchFileException if there is none
   * @throws CheckpointException if it can't be used
   */
  public Checkpoint latest() throws IOException {
    return fromLatest(checkpoint -> checkpoint);
  }

  /** Takes what it needs from a checkpoint. */
  @FunctionalInterface
  public interface CheckpointUse<T> {
    /** Reads it; files may vanish meanwhile. */
    T of(Checkpoint checkpoint) throws IOException;
  }

  /**
   * Reads something of the latest checkpoint. The run may be trained at the time: if what was the
   * latest is replaced by a later one meanwhile, that is read.
   *
   * @throws NoSuchFileException if there is none
   * @throws CheckpointException if it can't be used
   */
  public <T> T fromLatest(CheckpointUse<T> use) throws IOException {
    while (true) {
      Path path =
          latestCheckpoint()
              .orElseThrow(
                  () ->
                      new NoSuchFileException(
                          directory.toString(), null, "the run has no checkpoint yet"));
      try {
        Checkpoint checkpoint = Checkpoint.read(path);
        requireOwn(record, checkpoint);
        return use.of(checkpoint);
      } catch (IOException e) {
        if (latestCheckpoint().filter(path::equals).isPresent()) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes sure that a checkpoint is one of this run's: of its model, and of the step that its name
   * says, as a copy under a later name would be taken for the latest.
   *
   * @throws CheckpointException if not
   */
  public static void requireOwn(RunRecord record, Checkpoint checkpoint)
      throws CheckpointException {
    long step = checkpoint.manifest().progress().step();
    checkpoint.requireName(StepFiles.name(step, ""));
    checkpoint.requireModel(record.modelAt(step));
  }

  /**
   * Saves a state as the checkpoint of its step, and deletes the oldest checkpoints beyond those to
   * keep. A step that has one already is left as it is: the same step has the same state.
   *
   * @return the checkpoint's directory
   */
  public Path save(TrainingState state) throws IOException {
    Path path = checkpointsDirectory().resolve(StepFiles.name(state.progress().step(), ""));
    if (!Files.exists(path)) {
      Checkpoint.write(path, record.model(), state);
    }
    List<Path> all = checkpoints();
    long keep = record.config().get(RunOptions.KEEP);
    if (keep == 0) {
      return path;
    }
    for (Path old : all.subList(0, (int) Math.max(0, all.size() - keep))) {
      CheckpointDirectory.remove(old);
    }
    return path;
  }

  /** Removes what a process that died while writing a checkpoint left behind. */
  public void sweep() throws IOException {
    CheckpointDirectory.sweep(checkpointsDirectory());
    CheckpointDirectory.sweep(best().directory());
  }

  /**
   * Records something more of the run.
   *
   * @param changed of the same run
   */
  public void update(RunRecord changed) throws IOException {
    record = changed;
    WholeFile.write(directory.resolve(RunRecord.FILE), record.toJson());
  }
}
