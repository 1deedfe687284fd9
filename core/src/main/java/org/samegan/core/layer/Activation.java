package org.samegan.core.layer;

import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.SinglePrecision;

/** A layer that maps each value by itself: shape in = shape out, and no variables. */
public sealed interface Activation extends Layer {
  @Override
  default Shape outputShape(Shape input) {
    return input;
  }

  /** y = max(x, 0). */
  record Relu() implements Activation {
    @Override
    public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
      return scope.graph().nn().relu(x, 0);
    }
  }

  /**
   * y = x where x is positive, slope * x elsewhere (Maas et al. 2013).
   *
   * @param slope in [0, 1); DCGAN uses 0.2
   */
  record LeakyRelu(double slope) implements Activation {
    /** Checks the slope. */
    public LeakyRelu {
      if (!SinglePrecision.isFraction(slope) || !SinglePrecision.keeps(slope)) {
        throw new IllegalArgumentException(
            "a leaky ReLU's slope must be in [0, 1), as a 32-bit float too, found " + slope);
      }
    }

    @Override
    public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
      return scope.graph().nn().leakyRelu(x, slope);
    }
  }

  /** y = tanh x, in [-1, 1]. */
  record Tanh() implements Activation {
    @Override
    public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
      return scope.graph().math().tanh(x);
    }
  }

  /** y = 1 / (1 + exp(-x)), in [0, 1]. */
  record Sigmoid() implements Activation {
    @Override
    public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
      return scope.graph().nn().sigmoid(x);
    }
  }
}
