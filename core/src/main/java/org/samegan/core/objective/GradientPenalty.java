package org.samegan.core.objective;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.SinglePrecision;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.schedule.Schedule;

/**
 * A penalty on the size of the discriminator's gradient by its input: {@code weight * mean
 * (||∇D(x̂)|| - target)²}, with the norm over one example's values, and the mean over the batch;
 * one-sided, only norms above the target count. With target 0 it is {@code weight * mean
 * ||∇D(x̂)||²}.
 *
 * @param points where the gradient is taken
 * @param weight never below 0 and not always 0
 * @param target the norm that costs nothing, at least 0
 * @param oneSided whether smaller norms cost nothing either
 */
public record GradientPenalty(Points points, Schedule weight, double target, boolean oneSided) {
  /** Keeps the square root's derivative finite where the gradient vanishes. */
  private static final double TINY = 1e-12;

  /** Where the gradient is taken. */
  public enum Points {
    /** On the lines between real and generated examples, at a uniform place of its own each. */
    BETWEEN,
    /**
     * Around real examples: a uniform part of the way to the example plus half the batch's standard
     * deviation times uniform noise, as in DRAGAN's code.
     */
    AROUND_REAL,
    /** At the real examples. */
    REAL,
    /** At the generated examples. */
    FAKE
  }

  /** Checks the ranges. */
  public GradientPenalty {
    if (!weight.isPositive() || !(target >= 0 && SinglePrecision.keeps(target))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a gradient penalty needs a weight above 0 and a target of at least 0, both finite"
                  + " and not rounded to 0 as 32-bit floats, found %s and %s",
              weight.text(),
              target));
    }
  }

  /** With the same weight at every step. */
  public GradientPenalty(Points points, double weight, double target, boolean oneSided) {
    this(points, Schedule.constant(weight), target, oneSided);
  }

  /** The same with a schedule over numbers of steps, see {@link Schedule#over}. */
  public GradientPenalty over(long run) {
    return new GradientPenalty(points, weight.over(run), target, oneSided);
  }

  /** Two-sided, target 1, weight 10 (Gulrajani et al. 2017, arXiv:1704.00028, section 4). */
  public static GradientPenalty wganGp() {
    return new GradientPenalty(Points.BETWEEN, 10, 1, false);
  }

  /** One-sided, target 1, weight 10 (Petzka et al. 2018, arXiv:1709.08894). */
  public static GradientPenalty wganLp() {
    return new GradientPenalty(Points.BETWEEN, 10, 1, true);
  }

  /** Around the data, target 1, weight 10 (Kodali et al. 2017, arXiv:1705.07215). */
  public static GradientPenalty dragan() {
    return new GradientPenalty(Points.AROUND_REAL, 10, 1, false);
  }

  /** {@code gamma / 2 mean ||∇D||²} at real examples (Mescheder et al. 2018, arXiv:1801.04406). */
  public static GradientPenalty r1(double gamma) {
    return r1(Schedule.constant(gamma));
  }

  /** The same with a gamma that changes as training goes on. */
  public static GradientPenalty r1(Schedule gamma) {
    return new GradientPenalty(Points.REAL, gamma.times(0.5), 0, false);
  }

  /** {@code gamma / 2 mean ||∇D||²} at generated examples (the same, section 4.1). */
  public static GradientPenalty r2(double gamma) {
    return r2(Schedule.constant(gamma));
  }

  /** The same with a gamma that changes as training goes on. */
  public static GradientPenalty r2(Schedule gamma) {
    return new GradientPenalty(Points.FAKE, gamma.times(0.5), 0, false);
  }

  /**
   * Emits the penalty without its weight, a scalar.
   *
   * @param points of shape (batch, example...)
   * @param rank the number of axes of the points, the batch included
   * @param logits the discriminator's at these points
   */
  public SDVariable emit(SDVariable points, int rank, SDVariable logits) {
    SDVariable gradient = Gradients.of(logits.sum(), List.of(points)).get(0);
    SDVariable squares = gradient.mul(gradient).sum(false, IntStream.range(1, rank).toArray());
    if (target == 0) {
      return squares.mean();
    }
    SDVariable excess = squares.getSameDiff().math().sqrt(squares.add(TINY)).sub(target);
    if (oneSided) {
      excess = squares.getSameDiff().nn().relu(excess, 0);
    }
    return excess.mul(excess).mean();
  }
}
