package org.samegan.core.objective;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.SinglePrecision;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;

/**
 * A penalty for a discriminator that is too sure: {@code weight * (mean max(0, D(x) - a_F)² + mean
 * max(0, a_R - D(G(z)))²)}, where a_R and a_F are moving averages of the batches' mean logits of
 * real and of generated examples. It keeps predictions close to what they were for the other kind,
 * and is related to the LeCam divergence (Tseng et al. 2021, arXiv:2104.03310; its eq. 5 is without
 * the maximum, which the authors' code has).
 *
 * @param weight at least 0; 0 for no penalty
 * @param decay what a discriminator's step keeps of the averages, in [0, 1)
 * @param start before which the penalty counts nothing, while the averages settle; a share of a run
 *     is 1,000 steps at most
 */
public record LeCam(double weight, double decay, Span start) {
  /** No penalty. */
  public static final LeCam NONE = new LeCam(0, 0.99, new Span.Steps(1));

  private static final long LATEST_START = 1000;

  /** Checks the ranges. */
  public LeCam {
    if (!(weight >= 0 && SinglePrecision.keeps(weight)) || !SinglePrecision.isFraction(decay)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "LeCam needs a weight of at least 0, finite and not rounded to 0 as a 32-bit float,"
                  + " and a decay in [0, 1), found %s and %s",
              weight,
              decay));
    }
  }

  /** With a decay of 0.99 as in StudioGAN, and a tenth of the run to settle. */
  public static LeCam of(double weight) {
    return weight == 0 ? NONE : new LeCam(weight, 0.99, new Span.Share(0.1));
  }

  /** Whether anything is penalised. */
  public boolean enabled() {
    return weight > 0;
  }

  /** The same with a start after a number of steps. */
  public LeCam over(long run) {
    return start instanceof Span.Share share
        ? new LeCam(weight, decay, new Span.Steps(Math.min(LATEST_START, share.of(run).count())))
        : this;
  }

  /** The weight as training goes on; the start must be a number of steps. */
  public Schedule weights() {
    return new Schedule.After(start, new Schedule.Linear(0, weight, new Span.Steps(1)));
  }

  /**
   * Emits the penalty without its weight, a scalar.
   *
   * @param realMean a_R, a scalar
   * @param fakeMean a_F, a scalar
   */
  public static SDVariable emit(
      SDVariable realLogits, SDVariable fakeLogits, SDVariable realMean, SDVariable fakeMean) {
    SameDiff graph = realLogits.getSameDiff();
    SDVariable real = graph.nn().relu(realLogits.sub(fakeMean), 0);
    SDVariable fake = graph.nn().relu(fakeLogits.neg().add(realMean), 0);
    return real.mul(real).mean().add(fake.mul(fake).mean());
  }
}
