package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.samegan.core.augmentation.AugmentationControl.Adaptive;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Recipe;

/**
 * What discriminator steps tell later ones besides the networks' values: how often to augment, and
 * what logits have been. It is a part of a trainer's state; most recipes have none of it.
 */
final class StepFeedback implements Resource {
  /**
   * How far the probability moves at once where that is measured on held-out examples, which costs
   * too much to be done after every few steps.
   */
  private static final float MEASURED_MOVE = 0.1f;

  private final AdaptiveProbability probability;
  private final LogitMeans means;
  private final boolean measured;
  private final int batch;

  /** At a run's start. */
  StepFeedback(Recipe recipe, int batch) {
    this.batch = batch;
    measured = recipe.objective().estimatesDistance();
    probability =
        recipe.littleData().augmentation().control() instanceof Adaptive adaptive
            ? new AdaptiveProbability(adaptive, measured ? MEASURED_MOVE : 1)
            : null;
    means =
        recipe.littleData().leCam().enabled() ? new LogitMeans(recipe.littleData().leCam()) : null;
  }

  private Stream<KeptNumbers> kept() {
    Stream<KeptNumbers> ofProbability =
        probability == null ? Stream.of() : Stream.of(probability.kept());
    return Stream.concat(ofProbability, means == null ? Stream.of() : Stream.of(means.kept()));
  }

  /** By the paths in a trainer's state. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    kept().forEach(numbers -> tensors.put(numbers.path(), numbers.tensor()));
    return tensors;
  }

  /** The probability of the augmentation's transformations from now on. */
  float probability() {
    return probability == null ? 1 : probability.now();
  }

  /** Whether that changes, so that people want to see it. */
  boolean isAdaptive() {
    return probability != null;
  }

  /** Whether it goes by held-out examples. */
  boolean asksForHeldOut() {
    return isAdaptive() && measured;
  }

  /** Sets what the discriminator's next step goes by. */
  void feed(StepInputs inputs) {
    if (means != null) {
      means.feed(inputs);
    }
  }

  /** Takes account of the numbers of a discriminator's step. */
  void saw(Map<String, Double> numbers) {
    if (probability != null) {
      probability.saw(numbers.getOrDefault(StepReport.REAL_SIGN, 0.0).floatValue(), batch);
    }
    if (means != null) {
      means.saw(numbers.get(StepReport.REAL_LOGIT), numbers.get(StepReport.FAKE_LOGIT));
    }
  }

  /**
   * Counts a generator's step, after which the probability may move.
   *
   * @return whether it has to be told how much the discriminator overfits held-out examples
   */
  boolean asksAfterStep() {
    if (probability == null || !probability.isDueAfterStep()) {
      return false;
    }
    if (!measured) {
      probability.move(probability.meanSign());
    }
    return measured;
  }

  /** Moves the probability by what was asked for. */
  void answer(double overfitting) {
    probability.move((float) overfitting);
  }

  @Override
  public void close() {
    kept().forEach(KeptNumbers::close);
  }
}
