package org.samegan.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointDirectory;

/**
 * The checkpoint of a run that was the best when it was evaluated, apart from its latest ones. It
 * is named {@code RUN@best} wherever a checkpoint can be named.
 *
 * @param run whose it is
 */
public record BestCheckpoint(Run run) {
  /** What comes after a run's name. */
  public static final String NAME = "@best";

  /**
   * The place that is named: of {@code RUN@best} the run's best checkpoint, else the same.
   *
   * @throws NoSuchFileException if the run has none
   */
  public static Path resolve(Path place) throws IOException {
    String name = place.toString();
    if (!name.endsWith(NAME) || Files.exists(place)) {
      return place;
    }
    Path directory = Path.of(name.substring(0, name.length() - NAME.length()));
    return Run.open(directory)
        .best()
        .path()
        .orElseThrow(
            () ->
                new NoSuchFileException(
                    place.toString(),
                    null,
                    "the run has kept no best checkpoint; train it with the options evaluate-every"
                        + " and keep-best"));
  }

  /** Where it lies, under the name of its step. */
  Path directory() {
    return run.directory().resolve("best");
  }

  /** The checkpoint's directory; empty if none has been kept. */
  public Optional<Path> path() throws IOException {
    List<Path> all = StepFiles.in(directory(), "");
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * Keeps a state in place of the one before.
   *
   * @return the checkpoint's directory
   */
  public Path save(TrainingState state) throws IOException {
    Path path = directory().resolve(StepFiles.name(state.progress().step(), ""));
    if (!Files.exists(path)) {
      Checkpoint.write(path, run.record().model(), state);
    }
    for (Path other : StepFiles.in(directory(), "")) {
      if (!other.equals(path)) {
        CheckpointDirectory.remove(other);
      }
    }
    return path;
  }

  /** Removes one of a later step than the run goes on from. */
  public void dropAfter(long step) throws IOException {
    for (Path checkpoint : StepFiles.in(directory(), "")) {
      if (StepFiles.step(checkpoint) > step) {
        CheckpointDirectory.remove(checkpoint);
      }
    }
  }
}
