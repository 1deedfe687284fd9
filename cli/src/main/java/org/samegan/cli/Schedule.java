package org.samegan.cli;

import org.samegan.core.training.DiscriminatorSteps;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/**
 * What is due after which step. All of it is a function of the step's number, so that a resumed run
 * does the same at the same steps.
 *
 * @param config says how long and how often
 * @param batchesPerEpoch batches in one pass over the data
 * @param discriminatorSteps how many batches each step takes
 */
record Schedule(RunConfig config, long batchesPerEpoch, DiscriminatorSteps discriminatorSteps) {
  /** More batches than a run will ever see, but few enough to calculate with. */
  private static final long MOST_BATCHES = 1L << 53;

  private static final int MEASURE_EVERY = 100;

  /** The schedule of a run. */
  static Schedule of(RunRecord record) {
    return new Schedule(
        record.config(),
        record.data().examples() / record.config().batch(),
        record.model().recipe().discriminatorSteps());
  }

  /** The schedule of the run to another length, of which one is null. */
  Schedule withLength(Long epochs, Long steps) {
    return new Schedule(config.withLength(epochs, steps), batchesPerEpoch, discriminatorSteps);
  }

  /** The run's last step: that which completes the last epoch, if epochs were asked for. */
  long lastStep() {
    if (config.steps() != null) {
      return config.steps();
    }
    return discriminatorSteps.generatorSteps(
        config.epochs() > MOST_BATCHES / batchesPerEpoch
            ? MOST_BATCHES
            : config.epochs() * batchesPerEpoch);
  }

  /** How many batches are used up after a step. */
  long batchesAfter(long step) {
    return discriminatorSteps.total(step);
  }

  /** How many epochs are complete after a step. */
  long epochsAfter(long step) {
    return batchesAfter(step) / batchesPerEpoch;
  }

  /** Whether a step completes an epoch. */
  boolean endsEpoch(long step) {
    return epochsAfter(step) > epochsAfter(step - 1);
  }

  /** Whether a checkpoint is due after a step. */
  boolean savesAfter(long step) {
    return isDue(step, config.checkpointEvery());
  }

  /** Whether a grid of samples is due after a step. */
  boolean samplesAfter(long step) {
    return isDue(step, config.sampleEvery());
  }

  /**
   * Whether modes and the held-out distance are measured after a step: every 100 steps, and where a
   * grid is due whatever the run's length, so that a run that was made longer has the same metrics.
   */
  boolean measuresAfter(long step) {
    return step % MEASURE_EVERY == 0 || recurs(step, config.sampleEvery());
  }

  private boolean isDue(long step, long every) {
    return step == lastStep() || recurs(step, every);
  }

  private boolean recurs(long step, long every) {
    return every == 0 ? endsEpoch(step) : step % every == 0;
  }
}
