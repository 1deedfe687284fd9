package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stochastic gradient descent with momentum (Polyak 1964): {@code velocity = momentum velocity +
 * gradient; parameters -= learningRate velocity}.
 *
 * @param learningRate greater than 0
 * @param momentum in [0, 1)
 */
public record Sgd(double learningRate, double momentum) implements Optimizer {
  /** Checks the ranges. */
  public Sgd {
    Ranges.learningRate(learningRate);
    Ranges.decay("momentum", momentum);
  }

  @Override
  public List<String> stateNames() {
    return List.of("velocity");
  }

  @Override
  public Update bind(INDArray parameters, INDArray gradient, List<INDArray> state) {
    INDArray velocity = state.get(0);
    INDArray decay = Nd4j.scalar(parameters.dataType(), momentum);
    INDArray rate = Nd4j.scalar(parameters.dataType(), learningRate);
    List<VectorOp> ops =
        List.of(
            new VectorOp("multiply", List.of(velocity, decay), List.of(velocity)),
            new VectorOp("add", List.of(velocity, gradient), List.of(velocity)),
            new VectorOp("multiply", List.of(velocity, rate), List.of(gradient)),
            new VectorOp("subtract", List.of(parameters, gradient), List.of(parameters)));
    return step -> ops.forEach(VectorOp::run);
  }
}
