package org.samegan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.data.PackedImages;
import org.samegan.io.run.RunRecord;

/** What {@code train} and {@code import} do alike before they make a run. */
final class NewRun {
  private NewRun() {}

  /** The run's directory is made last; that it can't be must not be found out then. */
  static void requireWritableParent(Path out) {
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

  /**
   * The record of a run.
   *
   * @throws IllegalArgumentException if plan and images don't fit
   */
  static RunRecord record(RunPlan plan, PackedImages images) {
    TrainingImages.requireBatch(plan.config().batch(), images);
    return new RunRecord(
        plan.config(),
        plan.gan(TrainingImages.format(images)),
        new RunRecord.Data(images.fingerprint(), images.size(), images.classes()),
        Software.current());
  }
}
