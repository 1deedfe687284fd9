package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.schedule.Schedule;

/**
 * RMSProp (Tieleman and Hinton 2012): with v the decaying mean of the squared gradient, {@code
 * parameters -= learningRate gradient / (sqrt(v) + epsilon)}.
 *
 * @param learningRate greater than 0; WGAN uses 5e-5
 * @param decay of v, in [0, 1)
 * @param epsilon greater than 0
 */
public record RmsProp(Schedule learningRate, double decay, double epsilon) implements Optimizer {
  /** Checks the ranges. */
  public RmsProp {
    Ranges.learningRate(learningRate);
    Ranges.decay("decay", Schedule.constant(decay));
    Ranges.positive("epsilon", epsilon);
  }

  /** With the same rate at every step. */
  public RmsProp(double learningRate, double decay, double epsilon) {
    this(Schedule.constant(learningRate), decay, epsilon);
  }

  /** With decay 0.99 and epsilon 1e-8. */
  public RmsProp(double learningRate) {
    this(learningRate, 0.99, 1e-8);
  }

  @Override
  public RmsProp over(long run) {
    return new RmsProp(learningRate.over(run), decay, epsilon);
  }

  @Override
  public List<String> stateNames() {
    return List.of("mean_square");
  }

  @Override
  public Update bind(INDArray parameters, INDArray gradient, List<INDArray> state) {
    INDArray v = state.get(0);
    NativeCall update =
        NativeCall.of("rms_prop_updater", List.of(gradient, v), List.of(gradient, v));
    NativeCall subtract =
        NativeCall.of("subtract", List.of(parameters, gradient), List.of(parameters));
    return (count, step) -> {
      update.withReals(learningRate.at(step), decay, epsilon).run();
      subtract.run();
    };
  }
}
