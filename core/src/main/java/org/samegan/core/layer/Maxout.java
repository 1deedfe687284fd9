package org.samegan.core.layer;

import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * A maxout layer: each output is the greatest of {@code pieces} affine functions of the input,
 * {@code y_u = max_p (x W + b)_(u,p)}, x (batch, in), W (in, units * pieces), b (units * pieces), y
 * (batch, units) (Goodfellow et al. 2013, arXiv:1302.4389).
 *
 * @param units the number of outputs, at least 1
 * @param pieces the functions behind each output, at least 2
 * @param initializer of W; b starts at 0
 */
public record Maxout(int units, int pieces, Initializer initializer) implements Layer {
  /** Checks the numbers. */
  public Maxout {
    if (units < 1 || pieces < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a maxout layer needs at least 1 unit and 2 pieces, found %d and %d",
              units,
              pieces));
    }
    if ((long) units * pieces > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a maxout layer has at most %d functions, units times pieces, found %d x %d",
              Integer.MAX_VALUE,
              units,
              pieces));
    }
  }

  private Dense dense() {
    return new Dense(units * pieces, true, initializer);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a maxout layer takes vectors, found %s; put a Reshape to %d before it",
              input,
              input.elements()));
    }
    return Shape.of(units);
  }

  @Override
  public List<Variable> variables(Shape input) {
    return dense().variables(input);
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    SDVariable all = dense().emit(scope, x, input);
    return scope.graph().reshape(all, -1, units, pieces).max(false, 2);
  }
}
