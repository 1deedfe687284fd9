package org.samegan.core.gan;

import java.util.List;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.schedule.Schedule;

/**
 * How two networks are trained, whatever they look like.
 *
 * @param objective the two losses
 * @param penalties added to the discriminator's loss, perhaps none
 * @param constraint on the discriminator's weights
 * @param generatorOptimizer moves the generator
 * @param discriminatorOptimizer moves the discriminator
 * @param discriminatorSteps how many discriminator steps come before each generator step
 * @param generatorAverage of the generator's weights, which is what is drawn from and exported
 * @param littleData what is done about too few examples
 */
public record Recipe(
    Objective objective,
    List<GradientPenalty> penalties,
    Constraint constraint,
    Optimizer generatorOptimizer,
    Optimizer discriminatorOptimizer,
    DiscriminatorSteps discriminatorSteps,
    MovingAverage generatorAverage,
    LittleData littleData) {
  /** Keeps a copy of the penalties. */
  public Recipe {
    penalties = List.copyOf(penalties);
  }

  /** With nothing done about too few examples. */
  public Recipe(
      Objective objective,
      List<GradientPenalty> penalties,
      Constraint constraint,
      Optimizer generatorOptimizer,
      Optimizer discriminatorOptimizer,
      DiscriminatorSteps discriminatorSteps,
      MovingAverage generatorAverage) {
    this(
        objective,
        penalties,
        constraint,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        generatorAverage,
        LittleData.NONE);
  }

  /** An objective with DCGAN's Adam (2e-4, 0.5, 0.999) for both networks, step by step. */
  public static Recipe of(Objective objective) {
    Adam adam = new Adam(2e-4, 0.5, 0.999);
    return new Recipe(
        objective,
        List.of(),
        new Constraint.None(),
        adam,
        adam,
        DiscriminatorSteps.of(1),
        MovingAverage.NONE);
  }

  /** With these penalties. */
  public Recipe withPenalties(GradientPenalty... others) {
    return new Recipe(
        objective,
        List.of(others),
        constraint,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        generatorAverage,
        littleData);
  }

  /** With another constraint. */
  public Recipe withConstraint(Constraint other) {
    return new Recipe(
        objective,
        penalties,
        other,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        generatorAverage,
        littleData);
  }

  /** With other optimizers. */
  public Recipe withOptimizers(Optimizer ofGenerator, Optimizer ofDiscriminator) {
    return new Recipe(
        objective,
        penalties,
        constraint,
        ofGenerator,
        ofDiscriminator,
        discriminatorSteps,
        generatorAverage,
        littleData);
  }

  /** With this many discriminator steps for each generator step, at least 1. */
  public Recipe withDiscriminatorSteps(int steps) {
    return withDiscriminatorSteps(DiscriminatorSteps.of(steps));
  }

  /** With discriminator steps by another rule. */
  public Recipe withDiscriminatorSteps(DiscriminatorSteps steps) {
    return new Recipe(
        objective,
        penalties,
        constraint,
        generatorOptimizer,
        discriminatorOptimizer,
        steps,
        generatorAverage,
        littleData);
  }

  /** With a moving average of the generator's weights, or with none if the decay is 0. */
  public Recipe withGeneratorAverage(double decay) {
    return withGeneratorAverage(Schedule.constant(decay));
  }

  /** With a moving average of the generator's weights whose decay follows a schedule. */
  public Recipe withGeneratorAverage(Schedule decay) {
    return new Recipe(
        objective,
        penalties,
        constraint,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        new MovingAverage(decay),
        littleData);
  }

  /** With something done about too few examples. */
  public Recipe withLittleData(LittleData other) {
    return new Recipe(
        objective,
        penalties,
        constraint,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        generatorAverage,
        other);
  }

  /** With an augmentation of what the discriminator is shown. */
  public Recipe withAugmentation(AugmentationPolicy policy) {
    return withLittleData(littleData.withAugmentation(policy));
  }

  /**
   * The same with all schedules over numbers of steps, see {@link Schedule#over}.
   *
   * @param run the run's length in generator steps, at least 1
   */
  public Recipe over(long run) {
    return new Recipe(
        objective,
        penalties.stream().map(penalty -> penalty.over(run)).toList(),
        constraint,
        generatorOptimizer.over(run),
        discriminatorOptimizer.over(run),
        discriminatorSteps,
        generatorAverage.over(run),
        littleData.over(run));
  }

  /** Whether a schedule is over a share of a run, and not over a number of steps. */
  public boolean needsRunLength() {
    return !equals(over(1)) || !equals(over(2));
  }
}
