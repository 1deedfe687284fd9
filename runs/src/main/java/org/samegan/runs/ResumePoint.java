package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.Origin;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;

/** What a run goes on from, and what to do where it can't. */
final class ResumePoint {
  private ResumePoint() {}

  /**
   * The state in a run's latest checkpoint; empty for a run that was killed before its first, which
   * starts anew with the same bits.
   *
   * @throws UnusableFileException if that is damaged, with what to delete and what follows from it,
   *     or if there is none and the run's first weights can't be had without
   * @throws IOException if it can't be used for another reason
   */
  static Optional<TrainingState> of(Run run) throws IOException {
    if (run.latestCheckpoint().isEmpty()) {
      if (isImported(run)) {
        throw new UnusableFileException(
            run.directory(),
            "the run started from "
                + weights(run)
                + ", and has no checkpoint to go on from; without one it would start from random"
                + " weights. Bring back one of its checkpoints, or start a new run from these weights",
            null);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(run.fromLatest(Checkpoint::state));
    } catch (CheckpointException.Corrupt | CheckpointException.Incomplete e) {
      throw new UnusableFileException(e.path(), e.fault() + "; " + wayOn(run), e);
    }
  }

  /** The latest is taken, so that the way to an earlier one is to delete what is later. */
  private static String wayOn(Run run) throws IOException {
    List<Path> checkpoints = run.checkpoints();
    List<String> damaged = new ArrayList<>();
    for (int i = checkpoints.size() - 1; i >= 0; i--) {
      Optional<Long> step = stepOf(checkpoints.get(i), run);
      if (step.isPresent()) {
        return String.format(
            Locale.ROOT,
            "resume takes the latest: delete %s, and it goes on after step %d",
            String.join(" and ", damaged),
            step.get());
      }
      damaged.add(checkpoints.get(i).toString());
    }
    if (isImported(run)) {
      return "it can't start anew, as it started from "
          + weights(run)
          + ", which no other checkpoint has: start a new run from these";
    }
    String anew =
        String.format(
            Locale.ROOT,
            "there is no other that can be used: delete %s, and resume starts anew, from the"
                + " weights of seed %d",
            String.join(" and ", damaged),
            run.record().config().get(RunOptions.SEED));
    return run.record().imported() == null
        ? anew + " (if the run was made by an import, import into a new one instead)"
        : anew;
  }

  /** The step of a checkpoint that can be used. */
  private static Optional<Long> stepOf(Path path, Run run) throws IOException {
    try {
      Checkpoint checkpoint = Checkpoint.read(path);
      checkpoint.verify();
      long step = checkpoint.manifest().progress().step();
      checkpoint.requireModel(run.record().modelAt(step));
      return Optional.of(step);
    } catch (CheckpointException e) {
      return Optional.empty();
    }
  }

  private static String weights(Run run) {
    Origin origin = run.record().origin();
    return origin == null ? "imported weights" : "the weights of " + origin.place();
  }

  /** Whether that is known: the runs of some time before don't say. */
  private static boolean isImported(Run run) {
    return Boolean.TRUE.equals(run.record().imported());
  }
}
