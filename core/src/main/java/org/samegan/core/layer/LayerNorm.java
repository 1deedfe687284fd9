package org.samegan.core.layer;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.SinglePrecision;

/**
 * Layer normalisation: {@code y = gain (x - mean) / sqrt(variance + epsilon) + bias} with the mean
 * and the (biased) variance of all of an example's own values, and a gain and a bias for each
 * channel; x and y of shape (batch, ..., C) (Ba, Kiros and Hinton 2016, arXiv:1607.06450). It keeps
 * examples apart, so a critic that has it may be penalised.
 *
 * @param epsilon added to the variance, greater than 0
 */
public record LayerNorm(double epsilon) implements Layer {
  /** Checks epsilon. */
  public LayerNorm {
    if (!SinglePrecision.isPositive(epsilon)) {
      throw new IllegalArgumentException(
          "layer normalisation needs a finite epsilon above 0, as a 32-bit float too, found "
              + epsilon);
    }
  }

  /** Epsilon 1e-5. */
  public LayerNorm() {
    this(1e-5);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Variable> variables(Shape input) {
    int channels = input.channels();
    return List.of(
        Variable.parameter(
            "gain", Shape.of(channels), Initializer.ONES.distribution(channels, channels)),
        Biases.variable(channels));
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    // As a matrix with an example a row, whose sums and broadcasts are the fast ones.
    SDVariable rows = scope.graph().reshape(x, -1, input.elements());
    SDVariable centred = rows.sub(rows.mean(true, 1));
    SDVariable variance = centred.mul(centred).mean(true, 1);
    SDVariable deviation = scope.graph().math().sqrt(variance.add(epsilon));
    SDVariable normalised = scope.graph().reshape(centred.div(deviation), input.batch(-1));
    return Biases.add(scope, normalised.mul(scope.variable("gain")));
  }
}
