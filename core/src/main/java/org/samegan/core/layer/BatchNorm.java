package org.samegan.core.layer;

import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;
import org.samegan.core.SinglePrecision;

/**
 * Batch normalisation over all axes but the last: {@code y = gain (x - mean) / sqrt(variance +
 * epsilon) + bias}, x and y of shape (batch, ..., C), the others (C) (Ioffe and Szegedy 2015,
 * arXiv:1502.03167, algorithm 1).
 *
 * <p>In training the mean and the (biased) variance are the batch's own, and {@code running_mean}
 * and the unbiased {@code running_variance} follow them; in inference the running ones are used, so
 * an example's result does not depend on the batch it is in.
 *
 * @param momentum what a step keeps of the running statistics, in [0, 1)
 * @param epsilon added to the variance, greater than 0
 * @param gain initial values of the gain
 */
public record BatchNorm(double momentum, double epsilon, Initializer gain) implements Layer {
  /** Checks the ranges. */
  public BatchNorm {
    if (!SinglePrecision.isFraction(momentum) || !SinglePrecision.isPositive(epsilon)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch normalisation needs a momentum in [0, 1) and a finite epsilon above 0, as"
                  + " 32-bit floats too, found %s and %s",
              momentum,
              epsilon));
    }
  }

  /** Momentum 0.9, epsilon 1e-5, gain 1. */
  public BatchNorm() {
    this(0.9, 1e-5, Initializer.ONES);
  }

  /** With other initial gains. */
  public BatchNorm withGain(Initializer other) {
    return new BatchNorm(momentum, epsilon, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Variable> variables(Shape input) {
    int channels = input.channels();
    Shape row = Shape.of(channels);
    return List.of(
        Variable.parameter("gain", row, gain.distribution(channels, channels)),
        Biases.variable(channels),
        Variable.statistic("running_mean", row, 0),
        Variable.statistic("running_variance", row, 1));
  }

  /** By the batch's mean and variance. */
  @Override
  public boolean mixesExamples() {
    return true;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    SDVariable gains = scope.variable("gain");
    if (!scope.training()) {
      return scope
          .graph()
          .nn()
          .batchNorm(
              x,
              scope.variable("running_mean"),
              scope.variable("running_variance"),
              gains,
              scope.variable("bias"),
              epsilon,
              input.rank());
    }
    int channels = input.channels();
    long count = (long) scope.batch() * input.elements() / channels;
    if (count < 2) {
      throw new IllegalArgumentException(
          "batch normalisation of single values needs a batch of at least 2, and shards of at least"
              + " 2 where it is cut into shards");
    }
    int[] axes = new int[input.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    SDVariable mean = x.mean(false, axes);
    SDVariable centred = x.sub(mean);
    SDVariable variance = centred.mul(centred).mean(false, axes);
    SDVariable scale = gains.div(scope.graph().math().sqrt(variance.add(epsilon)));
    scope.observe("running_mean", mean, momentum);
    scope.observe("running_variance", variance.mul(count / (count - 1.0)), momentum);
    return Biases.add(scope, centred.mul(scale));
  }
}
