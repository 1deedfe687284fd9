package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * A fully connected layer: {@code y = x W + b}, x of shape (batch, in), W (in, units), b (units), y
 * (batch, units).
 *
 * @param units the number of outputs, at least 1
 * @param bias whether b is there; it starts at 0
 * @param initializer of W
 */
public record Dense(int units, boolean bias, Initializer initializer) implements Layer {
  /** Checks the number of units. */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("a dense layer needs at least 1 unit, found " + units);
    }
  }

  /** With a bias, and Glorot's uniform weights. */
  public Dense(int units) {
    this(units, true, new Initializer.GlorotUniform());
  }

  /** With other initial weights. */
  public Dense withInitializer(Initializer other) {
    return new Dense(units, bias, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "a dense layer takes vectors, found "
              + input
              + "; put a Reshape to "
              + input.elements()
              + " before it");
    }
    return Shape.of(units);
  }

  @Override
  public List<Variable> variables(Shape input) {
    int in = input.elements();
    List<Variable> variables = new ArrayList<>();
    variables.add(
        Variable.parameter("weight", Shape.of(in, units), initializer.distribution(in, units)));
    if (bias) {
      variables.add(Biases.variable(units));
    }
    return variables;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    SDVariable y = x.mmul(scope.variable("weight"));
    return bias ? Biases.add(scope, y) : y;
  }
}
