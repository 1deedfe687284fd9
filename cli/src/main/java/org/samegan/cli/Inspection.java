package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.samegan.core.training.Gan;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/**
 * All there is to know of a run or a checkpoint; what can't be known is null. A checkpoint in its
 * run's directory is described with what the run knows.
 *
 * @param kind run or checkpoint
 * @param path its directory
 * @param variant such as dcgan
 * @param step how many generator steps there have been
 * @param lastStep how many there are to be
 * @param epoch how many epochs are complete
 * @param images how many real examples have been shown
 * @param parameters of both networks
 * @param ema decay of the average of the generator's weights, which its graph holds; 0 if it holds
 *     the weights themselves
 * @param config what was asked
 * @param data what the data was
 * @param software what wrote it
 * @param machine what the run was first trained on
 * @param checkpoints all of a run's, or the one
 * @param intact whether every checksum is right
 */
record Inspection(
    String kind,
    String path,
    String variant,
    Long step,
    Long lastStep,
    Long epoch,
    Long images,
    Parameters parameters,
    Double ema,
    RunConfig config,
    RunRecord.Data data,
    Software software,
    Machine machine,
    List<Entry> checkpoints,
    boolean intact) {
  /**
   * The numbers of trained values.
   *
   * @param generator the generator's
   * @param discriminator the discriminator's
   */
  record Parameters(long generator, long discriminator) {
    static Parameters of(Gan gan) {
      return new Parameters(gan.generator().parameterCount(), gan.discriminator().parameterCount());
    }
  }

  /**
   * A checkpoint.
   *
   * @param name its directory's name
   * @param step its step; null if damaged
   * @param created when it was written; null if damaged
   * @param files its files
   * @param problem why it can't be used; null if it can
   */
  record Entry(
      String name,
      Long step,
      String created,
      List<CheckpointReport.FileReport> files,
      String problem) {
    static Entry of(CheckpointReport report) {
      boolean intact = report.manifest() != null;
      return new Entry(
          report.path().toAbsolutePath().normalize().getFileName().toString(),
          intact ? report.manifest().progress().step() : null,
          intact ? report.manifest().created() : null,
          report.files(),
          report.problem());
    }
  }

  /**
   * Inspects a run and all its checkpoints. The run may be trained at the time: a checkpoint that
   * is deleted meanwhile, as later ones take its place, is not reported.
   */
  static Inspection ofRun(Path directory) throws IOException {
    Run run = Run.open(directory);
    List<Path> checkpoints;
    List<CheckpointReport> reports = new ArrayList<>();
    do {
      checkpoints = run.checkpoints();
      reports.clear();
      for (Path checkpoint : checkpoints) {
        CheckpointReport.ifThere(checkpoint, run.record().model()).ifPresent(reports::add);
      }
      // Without any there is a later one by now, unless somebody deletes checkpoints.
    } while (reports.isEmpty() && !checkpoints.isEmpty());
    CheckpointReport latest = reports.isEmpty() ? null : reports.get(reports.size() - 1);
    return of("run", directory, run.record(), latest, reports);
  }

  /** Inspects one checkpoint. */
  static Inspection ofCheckpoint(Path directory) throws IOException {
    RunRecord record = Run.holding(directory).map(Run::record).orElse(null);
    CheckpointReport report =
        CheckpointReport.of(directory, record == null ? null : record.model());
    return of("checkpoint", directory, record, report, List.of(report));
  }

  private static Inspection of(
      String kind,
      Path directory,
      RunRecord record,
      CheckpointReport latest,
      List<CheckpointReport> reports) {
    boolean known = latest != null && latest.manifest() != null;
    Gan gan = record != null ? record.model() : known ? latest.manifest().model() : null;
    Long step = known ? Long.valueOf(latest.manifest().progress().step()) : null;
    Schedule schedule = record == null ? null : Schedule.of(record);
    return new Inspection(
        kind,
        directory.toString(),
        gan == null ? null : gan.variant(),
        step,
        schedule == null ? null : Long.valueOf(schedule.lastStep()),
        schedule == null || step == null ? null : Long.valueOf(schedule.epochsAfter(step)),
        record == null || !known
            ? null
            : Long.valueOf(latest.manifest().progress().batches() * record.config().batch()),
        gan == null ? null : Parameters.of(gan),
        gan == null ? null : Double.valueOf(gan.recipe().generatorAverage().decay()),
        record == null ? null : record.config(),
        record == null ? null : record.data(),
        record != null ? record.software() : known ? latest.manifest().software() : null,
        record == null ? null : record.machine(),
        reports.stream().map(Entry::of).toList(),
        reports.stream().allMatch(report -> report.problem() == null));
  }
}
