package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.samegan.core.layer.NormalisedLayers.BIAS;
import static org.samegan.core.layer.NormalisedLayers.CONVOLUTION;
import static org.samegan.core.layer.NormalisedLayers.IMAGE;
import static org.samegan.core.layer.NormalisedLayers.U;
import static org.samegan.core.layer.NormalisedLayers.WEIGHT;
import static org.samegan.core.layer.NormalisedLayers.convolve;
import static org.samegan.core.layer.NormalisedLayers.emission;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.gradient.Gradients;

/** The gradient of a layer with spectral normalisation, for which both its vectors are constant. */
class SpectralNormGradientTest {
  @Test
  void theGradientHoldsBothVectors() {
    Emission emission = emission(2, IMAGE, CONVOLUTION);
    double[] x = Draws.uniform(1, 64, -1, 1);
    SDVariable y = emission.graph.getVariable(emission.pass("x", x));
    SDVariable loss = y.mul(y).mul(y).sum();
    SDVariable weight = emission.graph.getVariable("net/" + WEIGHT);
    String gradient = Gradients.of(loss, List.of(weight)).get(0).name();

    double[] found = BothExecutors.values(emission.evaluate(List.of(gradient)).get(0));

    double[] at = emission.variable(WEIGHT);
    double[] bias = emission.variable(BIAS);
    PowerIteration held = new PowerIteration(at, emission.variable(U));
    double[] closed = closedForm(x, at, bias, held);
    double step = 1e-6;
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      double difference = (loss(x, above, bias, held) - loss(x, below, bias, held)) / (2 * step);
      // The error of the step is 1e-12 times third derivatives of some tens; rounding 1e-16 / step.
      assertThat(found[i]).isCloseTo(difference, Offset.offset(1e-6));
      assertThat(found[i]).isCloseTo(closed[i], Offset.offset(1e-9));
    }
  }

  /** The sum of the outputs' cubes, where only the weight varies. */
  private static double loss(double[] x, double[] weight, double[] bias, PowerIteration held) {
    double[] y = convolve(x, held.normalised(weight));
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += Math.pow(y[i] + bias[i % 3], 3);
    }
    return loss;
  }

  /**
   * (G - sum(G W/sigma) u v') / sigma, where G, the gradient at W/sigma, is linear in W's units.
   */
  private static double[] closedForm(
      double[] x, double[] weight, double[] bias, PowerIteration held) {
    double[] normalised = held.normalised(weight);
    double[] y = convolve(x, normalised);
    double[] atNormalised = new double[weight.length];
    double inner = 0;
    for (int i = 0; i < weight.length; i++) {
      double[] unit = new double[weight.length];
      unit[i] = 1;
      double[] slope = convolve(x, unit);
      for (int j = 0; j < y.length; j++) {
        atNormalised[i] += 3 * Math.pow(y[j] + bias[j % 3], 2) * slope[j];
      }
      inner += atNormalised[i] * normalised[i];
    }
    double[] gradient = new double[weight.length];
    for (int i = 0; i < weight.length; i++) {
      double direction = held.u[i % 3] * held.v[i / 3];
      gradient[i] = (atNormalised[i] - inner * direction) / held.sigma;
    }
    return gradient;
  }
}
