package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.schedule.Schedule;

/**
 * An exponential moving average of weights: after each update, {@code average += (1 - d_t) (weights
 * - average)}. A generator's weights circle around a solution rather than settle on it; their
 * average draws better images than any of them (Karras et al. 2018, arXiv:1710.10196, appendix A.1;
 * Yazici et al. 2019, arXiv:1806.04498). Training never sees it.
 *
 * <p>The average starts as the initial weights, which a decay of 0.999 would remember for thousands
 * of steps. So the decay starts low: {@code d_t = min(decay, (1 + t) / (10 + t))} for t = 1, 2, ...
 * (TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}). Until t is about {@code
 * 9 / (1 - decay)} the average is over some last ninth of all steps, and from then on over the last
 * {@code 1 / (1 - decay)}. It depends on the step alone, so it needs no state.
 *
 * @param decay what an update keeps of the average in the long run, in [0, 1); 0 for no average
 */
public record MovingAverage(Schedule decay) {
  /** No average. */
  public static final MovingAverage NONE = new MovingAverage(0);

  /** Checks the range. */
  public MovingAverage {
    if (!decay.isFraction()) {
      throw new IllegalArgumentException(
          "the moving average's decay must be in [0, 1), and below 1 as a 32-bit float, found "
              + decay.text());
    }
  }

  /** With the same decay at every step. */
  public MovingAverage(double decay) {
    this(Schedule.constant(decay));
  }

  /** The same with a schedule over numbers of steps, see {@link Schedule#over}. */
  public MovingAverage over(long run) {
    return new MovingAverage(decay.over(run));
  }

  /** Whether there is an average: without decay it would be the weights themselves. */
  public boolean enabled() {
    return decay.bounds().stream().anyMatch(value -> value > 0);
  }

  /**
   * The decay of one update.
   *
   * @param step how many updates there have been, this one included: 1 for the first
   */
  public double decayAt(long step) {
    return Math.min(decay.at(step - 1), (1.0 + step) / (10.0 + step));
  }

  /**
   * Prepares the update of one average.
   *
   * @param values what to average, a row-major float vector
   * @param average of the same length, changed at every step
   * @param scratch of the same length, overwritten at every step
   * @return takes over the present values, given how many updates there have been, this one
   *     included; the number of steps doesn't matter
   */
  public Optimizer.Update bind(INDArray values, INDArray average, INDArray scratch) {
    // By way of the difference, where a rounded decay costs nothing once the weights stand still.
    INDArray rate = Nd4j.scalar(values.dataType(), 0);
    NativeCall subtract = NativeCall.of("subtract", List.of(values, average), List.of(scratch));
    NativeCall multiply = NativeCall.of("multiply", List.of(scratch, rate), List.of(scratch));
    NativeCall add = NativeCall.of("add", List.of(average, scratch), List.of(average));
    Optimizer.Update follow =
        (count, step) -> {
          rate.putScalar(0, 1 - decayAt(count));
          subtract.run();
          multiply.run();
          add.run();
        };
    return follow.owning(rate);
  }
}
