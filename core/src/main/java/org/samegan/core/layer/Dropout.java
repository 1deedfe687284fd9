package org.samegan.core.layer;

import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.random.Distribution;

/**
 * Inverted dropout: in training each value is kept with probability {@code keep} and divided by it,
 * or set to 0; in inference nothing happens (Srivastava et al. 2014).
 *
 * @param keep the probability of keeping a value, in (0, 1]
 */
public record Dropout(double keep) implements Layer {
  /** Checks the probability. */
  public Dropout {
    new Distribution.DropoutMask(keep);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    return scope.training()
        ? x.mul(scope.noise("mask", input, new Distribution.DropoutMask(keep)))
        : x;
  }
}
