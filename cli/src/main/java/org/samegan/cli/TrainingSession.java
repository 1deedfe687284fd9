package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.data.Dataset;
import org.samegan.core.training.DivergenceException;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.io.run.MetricsLog;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunLockedException;
import org.samegan.io.toy.ModeStatistics;

/**
 * Trains a run from where its trainer stands to its end, or until a stop is requested, with
 * numbers, grids and checkpoints on the way. {@code train} and {@code resume} differ only in what
 * they do before it.
 */
final class TrainingSession {
  /** Enough for a mean, and few beside the batches of 100 steps. */
  private static final int HELD_OUT_BATCHES = 8;

  private final Run run;
  private final Trainer trainer;
  private final Schedule schedule;
  private final Optional<Dataset> heldOut;
  private final Terminal terminal;
  private final StopRequest stop;

  /**
   * A session.
   *
   * @param heldOut data to measure the critic's distance on; empty for none
   */
  TrainingSession(
      Run run,
      Trainer trainer,
      Optional<TrainingData> heldOut,
      Terminal terminal,
      StopRequest stop) {
    this.run = run;
    this.trainer = trainer;
    this.heldOut = heldOut.map(data -> data.dataset(trainer.gan()));
    this.terminal = terminal;
    this.stop = stop;
    schedule = Schedule.of(run.record());
  }

  /**
   * Takes a run's lock, without which nothing may be written to it, and says where there is none.
   *
   * @throws RunLockedException if another process trains the run
   */
  static RunLock lock(Run run, Terminal terminal) throws IOException {
    RunLock lock = RunLock.acquire(run.directory());
    lock.unprotected()
        .ifPresent(
            reason ->
                terminal.say(
                    "%s is on a file system without locks (%s): make sure yourself that no other"
                        + " process trains it",
                    run.directory(), reason));
    return lock;
  }

  /**
   * Trains, and says at the end what there is now.
   *
   * @return the exit code; for a run that was stopped the JVM has one of its own
   * @throws CommandException if training diverges
   * @throws IOException if something can't be written
   */
  int train() throws IOException {
    stop.arm();
    run.sweep();
    long first = trainer.progress().step();
    try (MetricsLog metrics = MetricsLog.open(run.metrics(), first)) {
      try (ProgressDisplay display = ProgressDisplay.on(terminal, schedule, first)) {
        while (trainer.progress().step() < schedule.lastStep() && !stop.isRequested()) {
          StepReport report = trainer.step();
          metrics.append(report, measure(report));
          display.stepped(report);
          if (schedule.samplesAfter(report.step())) {
            requireFiniteState();
            SampleGrid.write(run, trainer);
          }
          if (schedule.savesAfter(report.step())) {
            save(metrics);
          }
        }
      }
      save(metrics);
    } catch (DivergenceException e) {
      throw diverged(e.getMessage(), e);
    }
    boolean finished = trainer.progress().step() == schedule.lastStep();
    if (finished) {
      modes().ifPresent(modes -> terminal.print("modes       %s", PointSamples.inWords(modes)));
      NextSteps.afterTraining(run, terminal);
    } else {
      NextSteps.afterStop(run, trainer.progress().step(), terminal);
    }
    return 0;
  }

  /** What the metrics say of a step beside what it saw, by name. */
  private Map<String, Object> measure(StepReport report) throws IOException {
    Map<String, Object> measured = new LinkedHashMap<>();
    if (trainer.gan().recipe().objective().estimatesDistance()) {
      measured.put("distance", report.realScore() - report.fakeScore());
    }
    if (schedule.measuresAfter(report.step())) {
      heldOut.ifPresent(data -> measured.put("held-out-distance", heldOutDistance(data)));
      modes()
          .ifPresent(
              modes -> {
                measured.put("modes-covered", modes.covered());
                measured.put("high-quality", modes.highQuality());
              });
    }
    return measured;
  }

  private double heldOutDistance(Dataset data) {
    int batches = Math.min(HELD_OUT_BATCHES, data.size() / schedule.config().batch());
    return trainer.heldOutDistance(data, batches);
  }

  private Optional<ModeStatistics> modes() throws IOException {
    if (!PointSamples.areOf(trainer.gan())) {
      return Optional.empty();
    }
    requireFiniteState();
    return PointSamples.draw(run, trainer).modes();
  }

  /** The log first: a checkpoint must never be ahead of it. */
  private void save(MetricsLog metrics) throws IOException {
    requireFiniteState();
    metrics.flush();
    run.save(trainer.state());
  }

  /** The step's losses are those before its update, which may be what went wrong. */
  private void requireFiniteState() throws IOException {
    for (Map.Entry<String, INDArray> entry : trainer.state().arrays().entrySet()) {
      double sum = entry.getValue().sumNumber().doubleValue();
      if (!Double.isFinite(sum)) {
        throw diverged(
            String.format(
                "training diverged at step %d: %s holds NaN or infinity; lower the learning rates"
                    + " (generator.learning-rate and discriminator.learning-rate) by a factor of 2"
                    + " to 10, or use a larger batch",
                trainer.progress().step(), entry.getKey()),
            null);
      }
    }
  }

  private CommandException diverged(String message, DivergenceException cause) throws IOException {
    String last =
        run.latestCheckpoint()
            .map(Path::toString)
            .map(path -> "the last good checkpoint is " + path)
            .orElse("there is no checkpoint from before, as none was due yet");
    return new CommandException(message + "; " + last, cause);
  }
}
