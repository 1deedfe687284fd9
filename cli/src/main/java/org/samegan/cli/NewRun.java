package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/**
 * What {@code train} and {@code import} make alike of a plan before they make a run.
 *
 * @param data what the run learns from
 * @param heldOut what its distance is measured on too, if it estimates one
 * @param record what {@code run.json} is to say
 */
record NewRun(TrainingData data, Optional<TrainingData> heldOut, RunRecord record) {
  /**
   * Opens a plan's data and makes its GAN.
   *
   * @throws IllegalArgumentException if plan and data don't fit, down to a class without examples,
   *     or the GAN is too large to be saved
   */
  static NewRun prepare(RunPlan plan, Terminal terminal) throws IOException {
    RunConfig config = plan.config();
    FoundData found = FoundData.at(config, config.data());
    Gan gan = found.gan(plan);
    gan.requireForm(found.form());
    Checkpoint.requireStorable(gan);
    HeldOutData foundHeldOut = HeldOutData.find(config, config.data(), gan, terminal);
    // Packing can take minutes and many gigabytes: all that the form shows has been checked by now.
    TrainingData data = found.open(terminal);
    requireBatch(config, data.record());
    Trainer.requireFit(gan, data.dataset(gan), config.batch());
    Optional<TrainingData> heldOut = foundHeldOut.open(terminal);
    return new NewRun(
        data,
        heldOut,
        new RunRecord(config, gan, HeldOutData.record(data, heldOut), Software.current()));
  }

  /** The trainer at the run's start, with weights drawn from the seed. */
  Trainer trainer() {
    Gan gan = record.model();
    RunConfig config = record.config();
    return new Trainer(gan, data.dataset(gan), config.batch(), config.seed());
  }

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

  private static void requireBatch(RunConfig config, RunRecord.Data data) {
    if (config.batch() > data.examples()) {
      throw new IllegalArgumentException(
          String.format(
              "--batch %d is more than the %d %s there are; use a smaller batch or more data",
              config.batch(), data.examples(), TrainingData.kindAt(config.data())));
    }
  }
}
