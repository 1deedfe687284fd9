package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.samegan.core.gan.Gan;
import org.samegan.core.schedule.Schedule;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Origin;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
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
 * @param origin what weights the run started from; null if from those of its seed
 * @param machine what the run was first trained on
 * @param changes of the run's recipe, the first one first
 * @param evaluation what evaluations while it was trained have found; null if there were none
 * @param checkpoints all of a run's, or the one
 * @param intact whether every checksum is right
 */
public record RunInspection(
    String kind,
    String path,
    String variant,
    Long step,
    Long lastStep,
    Long epoch,
    Long images,
    Parameters parameters,
    Schedule ema,
    RunConfig config,
    RunRecord.Data data,
    Software software,
    Origin origin,
    Machine machine,
    List<RecipeChange> changes,
    EvaluationInspection evaluation,
    List<Entry> checkpoints,
    boolean intact) {
  /**
   * The numbers of trained values.
   *
   * @param generator the generator's
   * @param discriminator the discriminator's
   */
  public record Parameters(long generator, long discriminator) {
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
  public record Entry(
      String name,
      Long step,
      String created,
      List<CheckpointInspection.FileReport> files,
      String problem) {
    static Entry of(CheckpointInspection report) {
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
  public static RunInspection ofRun(Path directory) throws IOException {
    Run run = Run.open(directory);
    List<Path> checkpoints;
    List<CheckpointInspection> reports = new ArrayList<>();
    do {
      checkpoints = run.checkpoints();
      reports.clear();
      for (Path checkpoint : checkpoints) {
        CheckpointInspection.ifThere(checkpoint, run.record()).ifPresent(reports::add);
      }
      // Without any there is a later one by now, unless somebody deletes checkpoints.
    } while (reports.isEmpty() && !checkpoints.isEmpty());
    CheckpointInspection latest = reports.isEmpty() ? null : reports.get(reports.size() - 1);
    return of("run", directory, run.record(), latest, EvaluationInspection.of(run), reports);
  }

  /** Inspects one checkpoint. */
  public static RunInspection ofCheckpoint(Path directory) throws IOException {
    RunRecord record = Run.holding(directory).map(Run::record).orElse(null);
    CheckpointInspection report = CheckpointInspection.of(directory, record);
    return of("checkpoint", directory, record, report, null, List.of(report));
  }

  private static RunInspection of(
      String kind,
      Path directory,
      RunRecord record,
      CheckpointInspection latest,
      EvaluationInspection evaluation,
      List<CheckpointInspection> reports) {
    boolean known = latest != null && latest.manifest() != null;
    Gan gan = record != null ? record.model() : known ? latest.manifest().model() : null;
    Long step = known ? Long.valueOf(latest.manifest().progress().step()) : null;
    Timetable timetable = record == null ? null : Timetable.of(record);
    return new RunInspection(
        kind,
        directory.toString(),
        gan == null ? null : gan.variant(),
        step,
        timetable == null ? null : Long.valueOf(timetable.lastStep()),
        timetable == null || step == null ? null : Long.valueOf(timetable.epochsAfter(step)),
        record == null || !known
            ? null
            : Long.valueOf(
                latest.manifest().progress().batches() * record.config().get(RunOptions.BATCH)),
        gan == null ? null : Parameters.of(gan),
        gan == null ? null : gan.recipe().generatorAverage().decay(),
        record == null ? null : record.config(),
        record == null ? null : record.data(),
        record != null ? record.software() : known ? latest.manifest().software() : null,
        record == null ? null : record.origin(),
        record == null ? null : record.machine(),
        record == null ? List.of() : record.changes(),
        evaluation,
        reports.stream().map(Entry::of).toList(),
        reports.stream().allMatch(report -> report.problem() == null));
  }
}
