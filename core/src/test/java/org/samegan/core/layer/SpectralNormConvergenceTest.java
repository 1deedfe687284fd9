package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.samegan.core.layer.NormalisedLayers.BIAS;
import static org.samegan.core.layer.NormalisedLayers.DENSE;
import static org.samegan.core.layer.NormalisedLayers.U;
import static org.samegan.core.layer.NormalisedLayers.WEIGHT;
import static org.samegan.core.layer.NormalisedLayers.emission;
import static org.samegan.core.layer.NormalisedLayers.iterate;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;

/** What the estimate of the spectral norm comes to when the weight stands still. */
class SpectralNormConvergenceTest {
  @Test
  void theEstimateBecomesTheGreatestSingularValue() {
    for (Layer layer : List.of(new SpectralNorm(new Dense(6)), new SpectralNorm(new Dense(3)))) {
      Emission emission = emission(4, Shape.of(4), layer);
      emission.pass("x", new double[16]);
      iterate(emission, 60);

      double[] weight = emission.variable(WEIGHT);
      double greatest = greatestSingularValue(weight, emission.variable(U).length);

      // The rows of the identity give the normalised weight's rows.
      emission.set(BIAS, new double[emission.variable(U).length]);
      double[] identity = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
      String output = emission.pass("identity", identity);
      double[] normalised = BothExecutors.values(emission.evaluate(List.of(output)).get(0));
      for (int i = 0; i < weight.length; i++) {
        assertThat(weight[i] / normalised[i]).isCloseTo(greatest, Offset.offset(1e-9));
      }
      assertThat(greatestSingularValue(normalised, emission.variable(U).length))
          .isCloseTo(1, Offset.offset(1e-9));
    }
  }

  /** One-sided Jacobi: columns are rotated in pairs until all are orthogonal (Hestenes 1958). */
  private static double greatestSingularValue(double[] matrix, int columns) {
    double[] a = matrix.clone();
    int rows = a.length / columns;
    for (int sweep = 0; sweep < 50; sweep++) {
      for (int p = 0; p < columns; p++) {
        for (int q = p + 1; q < columns; q++) {
          rotate(a, rows, columns, p, q);
        }
      }
    }
    double greatest = 0;
    for (int c = 0; c < columns; c++) {
      greatest = Math.max(greatest, Math.sqrt(dot(a, rows, columns, c, c)));
    }
    return greatest;
  }

  private static void rotate(double[] a, int rows, int columns, int p, int q) {
    double angle =
        0.5
            * Math.atan2(
                2 * dot(a, rows, columns, p, q),
                dot(a, rows, columns, p, p) - dot(a, rows, columns, q, q));
    for (int r = 0; r < rows; r++) {
      double x = a[r * columns + p];
      double y = a[r * columns + q];
      a[r * columns + p] = Math.cos(angle) * x + Math.sin(angle) * y;
      a[r * columns + q] = Math.cos(angle) * y - Math.sin(angle) * x;
    }
  }

  private static double dot(double[] a, int rows, int columns, int p, int q) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += a[r * columns + p] * a[r * columns + q];
    }
    return sum;
  }

  @Test
  void aNormalisedDenseLayerStretchesNoDistance() {
    int pairs = 50;
    Emission emission = emission(2 * pairs, Shape.of(4), DENSE);
    emission.pass("any", new double[8 * pairs]);
    iterate(emission, 60);
    double[] x = Draws.uniform(7, 8 * pairs, -3, 3);
    // The last pair differs along the right singular vector, where the layer is an isometry.
    double[] v = new PowerIteration(emission.variable(WEIGHT), emission.variable(U)).v;
    for (int k = 0; k < 4; k++) {
      x[8 * pairs - 4 + k] = x[8 * pairs - 8 + k] + 2 * v[k];
    }

    double[] y = emission.run(x);

    double stretch = 0;
    for (int i = 0; i < pairs; i++) {
      stretch = distance(y, 6 * i, 3) / distance(x, 8 * i, 4);
      assertThat(stretch).isLessThanOrEqualTo(1 + 1e-9);
    }
    assertThat(stretch).isCloseTo(1, Offset.offset(1e-9));
  }

  /** Between two neighbouring vectors. */
  private static double distance(double[] values, int at, int size) {
    double squares = 0;
    for (int i = at; i < at + size; i++) {
      squares += Math.pow(values[i] - values[i + size], 2);
    }
    return Math.sqrt(squares);
  }
}
