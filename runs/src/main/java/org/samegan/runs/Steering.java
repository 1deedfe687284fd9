package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.training.StepReport;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.io.run.MetricsLog;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.Examples;
import org.samegan.runs.evaluation.RepeatedEvaluation;

/**
 * Evaluates the generator now and then, keeps the checkpoint that was best, raises alarms, and says
 * when patience is at its end. What it knows of the past is what the log says of it, so that a
 * resumed run has the same best, the same patience and the same alarms as one that never stopped.
 */
final class Steering implements RunListener {
  private final Examples data;
  private final Optional<Examples> heldOut;
  private RepeatedEvaluation evaluation;
  private AlarmWatch watch;
  private Optional<EvaluationHistory> history = Optional.empty();
  private Integer patience;

  /**
   * For a run.
   *
   * @param data what is trained on
   * @param heldOut what is not, if there is something
   */
  Steering(Examples data, Optional<Examples> heldOut) {
    this.data = data;
    this.heldOut = heldOut;
  }

  /**
   * Checks what is asked for, as far as that is possible without looking at the data.
   *
   * @throws IllegalArgumentException if something is asked for that nothing else leads to
   */
  static void requireSound(RunConfig config, ExampleKind kind) {
    boolean evaluates = config.get(RunOptions.EVALUATE_EVERY) > 0;
    if (config.get(RunOptions.KEEP_BEST) != null && !evaluates) {
      throw new IllegalArgumentException(
          "the option keep-best needs evaluations to choose by; say how often with the option"
              + " evaluate-every, such as 500");
    }
    if (config.get(RunOptions.PATIENCE) != null && config.get(RunOptions.KEEP_BEST) == null) {
      throw new IllegalArgumentException(
          "the option patience needs a metric that something is better by; say it with the option"
              + " keep-best, such as fd");
    }
    if (evaluates && kind != ExampleKind.IMAGES) {
      throw new IllegalArgumentException(
          "the option evaluate-every: points have no features of images; leave it out: how well"
              + " their modes are covered is measured anyway");
    }
  }

  @Override
  public void begun(TrainingRun run) throws IOException {
    if (run.config().get(RunOptions.EVALUATE_EVERY) == 0) {
      return;
    }
    evaluation =
        RepeatedEvaluation.of(
            data,
            run.config().get(RunOptions.FEATURES),
            run.config().get(RunOptions.SEED),
            run.backend());
    watch = new AlarmWatch(run.gan().recipe().objective().scoresAreProbabilities());
    history =
        Optional.ofNullable(run.config().get(RunOptions.KEEP_BEST))
            .map(Metric::named)
            .map(EvaluationHistory::new);
    Long asked = run.config().get(RunOptions.PATIENCE);
    patience = asked == null ? null : Math.toIntExact(asked);
    MetricsLog.read(
        run.files().metrics(),
        run.step(),
        report -> {
          watch.add(report);
          history.ifPresent(known -> known.add(report));
        });
    requireBest(run);
  }

  /**
   * A process that died between a checkpoint and its copy as the best has left the one before. One
   * that is of a later step than the run goes on from is not the run's any more.
   */
  private void requireBest(TrainingRun run) throws IOException {
    run.files().best().dropAfter(run.step());
    OptionalLong step = history.map(EvaluationHistory::bestStep).orElse(OptionalLong.empty());
    if (step.isPresent() && step.getAsLong() == run.step()) {
      run.keepBest();
    }
  }

  @Override
  public Map<String, Number> measure(StepReport report, TrainingRun run) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    if (watch == null) {
      return numbers;
    }
    if (run.timetable().evaluatesAfter(report.step())) {
      try (TrainedGenerator generator = run.generator()) {
        numbers.putAll(evaluation.measure(generator));
      }
      heldOut.ifPresent(
          examples ->
              numbers.put(
                  AlarmWatch.OVERFITTING, run.trainer().overfitting(examples.dataset(run.gan()))));
    }
    watch.add(report.with(numbers)).forEach(alarm -> numbers.put(alarm.number(), 1));
    return numbers;
  }

  @Override
  public void stepped(StepReport report, TrainingRun run) throws IOException {
    if (watch == null) {
      return;
    }
    for (Alarm alarm : Alarm.values()) {
      if (report.numbers().containsKey(alarm.number())) {
        run.tell(listener -> listener.alarmed(alarm, run));
      }
    }
    if (history.isPresent()) {
      EvaluationHistory known = history.get();
      known.add(report);
      if (known.bestStep().isPresent() && known.bestStep().getAsLong() == report.step()) {
        Path kept = run.keepBest();
        run.tell(listener -> listener.keptBest(kept, run));
      }
    }
  }

  /** Whether there were as many evaluations without a better one as patience allows. */
  boolean isExhausted() {
    return patience != null && history.filter(known -> known.sinceBest() >= patience).isPresent();
  }

  /** Why training has ended before its last step; empty if it hasn't. */
  Optional<String> exhaustion() {
    return isExhausted()
        ? history.map(
            known ->
                String.format(
                    Locale.ROOT,
                    "%d evaluations without a better %s than %.4g after step %d",
                    known.sinceBest(),
                    known.metric().key(),
                    known.best(),
                    known.bestStep().orElseThrow()))
        : Optional.empty();
  }

  @Override
  public void ended(TrainingRun run) {
    if (evaluation != null) {
      evaluation.close();
      evaluation = null;
    }
  }
}
