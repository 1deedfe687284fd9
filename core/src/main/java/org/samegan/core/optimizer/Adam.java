package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.schedule.Schedule;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1): with m and v the decaying means of the
 * gradient and its square, corrected for their start at zero, {@code parameters -= learningRate m /
 * (sqrt(v) + epsilon)}. Where beta2 changes, v is corrected as if it had always been what it is, as
 * in PyTorch.
 *
 * @param learningRate greater than 0; DCGAN uses 2e-4
 * @param beta1 decay of m, in [0, 1); DCGAN uses 0.5
 * @param beta2 decay of v, in [0, 1)
 * @param epsilon greater than 0
 */
public record Adam(Schedule learningRate, double beta1, Schedule beta2, double epsilon)
    implements Optimizer {
  /**
   * The bias corrections of the native op are 1 from here on, and are put into its rate instead.
   */
  private static final long NO_CORRECTION = 1_000_000_000;

  /** Checks the ranges. */
  public Adam {
    Ranges.learningRate(learningRate);
    Ranges.decay("beta1", Schedule.constant(beta1));
    Ranges.decay("beta2", beta2);
    Ranges.positive("epsilon", epsilon);
  }

  /** With the same rate and beta2 at every step. */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    this(Schedule.constant(learningRate), beta1, Schedule.constant(beta2), epsilon);
  }

  /** With epsilon 1e-8, and the same rate and beta2 at every step. */
  public Adam(double learningRate, double beta1, double beta2) {
    this(learningRate, beta1, beta2, 1e-8);
  }

  @Override
  public Adam over(long run) {
    return new Adam(learningRate.over(run), beta1, beta2.over(run), epsilon);
  }

  @Override
  public List<String> stateNames() {
    return List.of("first_moment", "second_moment");
  }

  @Override
  public Update bind(INDArray parameters, INDArray gradient, List<INDArray> state) {
    INDArray m = state.get(0);
    INDArray v = state.get(1);
    INDArray rate = Nd4j.scalar(parameters.dataType(), 0);
    INDArray offset = Nd4j.scalar(parameters.dataType(), epsilon);
    INDArray decay1 = Nd4j.scalar(parameters.dataType(), beta1);
    INDArray decay2 = Nd4j.scalar(parameters.dataType(), 0);
    NativeCall update =
        NativeCall.of(
                "adam_updater",
                List.of(gradient, v, m, rate, decay1, decay2, offset),
                List.of(gradient, v, m))
            .withIntegers(NO_CORRECTION);
    NativeCall subtract =
        NativeCall.of("subtract", List.of(parameters, gradient), List.of(parameters));
    Update adam =
        (count, step) -> {
          double b2 = beta2.at(step);
          double root = Math.sqrt(1 - StrictMath.pow(b2, (double) count));
          rate.putScalar(
              0, learningRate.at(step) * root / (1 - StrictMath.pow(beta1, (double) count)));
          decay2.putScalar(0, b2);
          offset.putScalar(0, epsilon * root);
          update.run();
          subtract.run();
        };
    return adam.owning(rate, offset, decay1, decay2);
  }
}
