package org.samegan.runs;

import java.util.Locale;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Gan;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/**
 * What is due after which step. All of it is a function of the step's number, so that a resumed run
 * does the same at the same steps.
 *
 * @param config says how long and how often
 * @param batchesPerEpoch batches in one pass over the data
 * @param discriminatorSteps how many batches each step takes
 */
public record Timetable(
    RunConfig config, long batchesPerEpoch, DiscriminatorSteps discriminatorSteps) {
  /** More batches than a run will ever see, but few enough to calculate with. */
  private static final long MOST_BATCHES = 1L << 53;

  private static final int MEASURE_EVERY = 100;

  /** Checks that there is a batch. */
  public Timetable {
    if (batchesPerEpoch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option batch %d is more than all examples of the run, so that there is not one"
                  + " batch: undo the change of %s, or start a new run",
              config.get(RunOptions.BATCH),
              RunRecord.FILE));
    }
  }

  /** The timetable of a run. */
  public static Timetable of(RunRecord record) {
    return of(record.config(), record.model(), record.data().examples());
  }

  /** The timetable of a run to be, on so many examples. */
  static Timetable of(RunConfig config, Gan gan, int examples) {
    return new Timetable(
        config, examples / config.count(RunOptions.BATCH), gan.recipe().discriminatorSteps());
  }

  /** The run's last step: that which completes the last epoch, if epochs were asked for. */
  public long lastStep() {
    Long steps = config.get(RunOptions.STEPS);
    if (steps != null) {
      return steps;
    }
    long epochs = config.get(RunOptions.EPOCHS);
    return discriminatorSteps.generatorSteps(
        epochs > MOST_BATCHES / batchesPerEpoch ? MOST_BATCHES : epochs * batchesPerEpoch);
  }

  /** How many batches are used up after a step. */
  public long batchesAfter(long step) {
    return discriminatorSteps.total(step);
  }

  /** How many epochs are complete after a step. */
  public long epochsAfter(long step) {
    return batchesAfter(step) / batchesPerEpoch;
  }

  /** Whether a step completes an epoch. */
  public boolean endsEpoch(long step) {
    return epochsAfter(step) > epochsAfter(step - 1);
  }

  /** Whether a checkpoint is due after a step. */
  public boolean savesAfter(long step) {
    return isDue(step, config.get(RunOptions.CHECKPOINT_EVERY));
  }

  /** Whether a picture of samples is due after a step. */
  public boolean samplesAfter(long step) {
    return isDue(step, config.get(RunOptions.SAMPLE_EVERY));
  }

  /** Whether the generator is evaluated after a step. */
  public boolean evaluatesAfter(long step) {
    long every = config.get(RunOptions.EVALUATE_EVERY);
    return every > 0 && (step % every == 0 || step == lastStep());
  }

  /**
   * Whether what costs some time is measured after a step: every 100 steps, and where a picture is
   * due whatever the run's length, so that a run that was made longer has the same metrics.
   */
  public boolean measuresAfter(long step) {
    return step % MEASURE_EVERY == 0 || recurs(step, config.get(RunOptions.SAMPLE_EVERY));
  }

  private boolean isDue(long step, long every) {
    return step == lastStep() || recurs(step, every);
  }

  private boolean recurs(long step, long every) {
    return every == 0 ? endsEpoch(step) : step % every == 0;
  }
}
