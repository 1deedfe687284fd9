package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.schedule.Schedule;

/**
 * Stochastic gradient descent with momentum (Polyak 1964): {@code velocity = momentum velocity +
 * gradient; parameters -= learningRate velocity}.
 *
 * @param learningRate greater than 0
 * @param momentum in [0, 1)
 */
public record Sgd(Schedule learningRate, double momentum) implements Optimizer {
  /** Checks the ranges. */
  public Sgd {
    Ranges.learningRate(learningRate);
    Ranges.decay("momentum", Schedule.constant(momentum));
  }

  /** With the same rate at every step. */
  public Sgd(double learningRate, double momentum) {
    this(Schedule.constant(learningRate), momentum);
  }

  @Override
  public Sgd over(long run) {
    return new Sgd(learningRate.over(run), momentum);
  }

  @Override
  public List<String> stateNames() {
    return List.of("velocity");
  }

  @Override
  public Update bind(INDArray parameters, INDArray gradient, List<INDArray> state) {
    INDArray velocity = state.get(0);
    INDArray decay = Nd4j.scalar(parameters.dataType(), momentum);
    INDArray rate = Nd4j.scalar(parameters.dataType(), 0);
    List<NativeCall> ops =
        List.of(
            NativeCall.of("multiply", List.of(velocity, decay), List.of(velocity)),
            NativeCall.of("add", List.of(velocity, gradient), List.of(velocity)),
            NativeCall.of("multiply", List.of(velocity, rate), List.of(gradient)),
            NativeCall.of("subtract", List.of(parameters, gradient), List.of(parameters)));
    Update sgd =
        (count, step) -> {
          rate.putScalar(0, learningRate.at(step));
          ops.forEach(NativeCall::run);
        };
    return sgd.owning(decay, rate);
  }
}
