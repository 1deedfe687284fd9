package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * RMSProp (Tieleman and Hinton 2012): with v the decaying mean of the squared gradient, {@code
 * parameters -= learningRate gradient / (sqrt(v) + epsilon)}.
 *
 * @param learningRate greater than 0; WGAN uses 5e-5
 * @param decay of v, in [0, 1)
 * @param epsilon greater than 0
 */
public record RmsProp(double learningRate, double decay, double epsilon) implements Optimizer {
  /** Checks the ranges. */
  public RmsProp {
    Ranges.learningRate(learningRate);
    Ranges.decay("decay", decay);
    Ranges.positive("epsilon", epsilon);
  }

  /** With decay 0.99 and epsilon 1e-8. */
  public RmsProp(double learningRate) {
    this(learningRate, 0.99, 1e-8);
  }

  @Override
  public List<String> stateNames() {
    return List.of("mean_square");
  }

  @Override
  public Update bind(INDArray parameters, INDArray gradient, List<INDArray> state) {
    INDArray v = state.get(0);
    VectorOp update =
        new VectorOp("rms_prop_updater", List.of(gradient, v), List.of(gradient, v))
            .withReals(learningRate, decay, epsilon);
    VectorOp subtract =
        new VectorOp("subtract", List.of(parameters, gradient), List.of(parameters));
    return step -> {
      update.run();
      subtract.run();
    };
  }
}
