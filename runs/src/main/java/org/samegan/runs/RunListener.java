package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.samegan.core.training.StepReport;

/**
 * Watches a run on the training thread: metrics, logs, pictures and displays are listeners. After a
 * step every listener is asked what it {@linkplain #measure measures}, and then every one is told
 * the step with all numbers. Whatever a listener throws ends training.
 *
 * <pre>{@code
 * run.watch(
 *     new RunListener() {
 *       @Override
 *       public void stepped(StepReport report, TrainingRun run) {
 *         System.err.println(report.step() + " " + report.get(StepReport.GENERATOR_LOSS));
 *       }
 *     });
 * }</pre>
 */
public interface RunListener {
  /** Training starts, perhaps after steps that were trained before. */
  default void begun(TrainingRun run) throws IOException {}

  /**
   * Measures something after a step.
   *
   * @param report the step's own numbers
   * @param run between two steps; nothing of it may be changed
   * @return numbers by name, in kebab case and unlike any other's; none if none are due
   */
  default Map<String, ? extends Number> measure(StepReport report, TrainingRun run)
      throws IOException {
    return Map.of();
  }

  /** A step is done, and all that is due after it has been measured. */
  default void stepped(StepReport report, TrainingRun run) throws IOException {}

  /** A picture of samples has been written. */
  default void sampled(Path picture, TrainingRun run) throws IOException {}

  /**
   * A checkpoint is about to be written, which must never be ahead of what belongs to its steps:
   * whatever a listener has of them must be on disk when this returns.
   */
  default void saving(TrainingRun run) throws IOException {}

  /** A checkpoint has been written. */
  default void saved(Path checkpoint, TrainingRun run) throws IOException {}

  /** An evaluation was the best so far, and its checkpoint has been kept. */
  default void keptBest(Path checkpoint, TrainingRun run) throws IOException {}

  /** Something has gone wrong with training, as far as its numbers show. */
  default void alarmed(Alarm alarm, TrainingRun run) throws IOException {}

  /** Training has ended, in whatever way: at its end, on request, or by a failure. */
  default void ended(TrainingRun run) throws IOException {}
}
