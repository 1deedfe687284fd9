package org.samegan.evaluation.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class FrechetDistanceTest {
  /**
   * Rows mean +- scale_k e_k, whose sample variances are exactly 2 scale_k^2 / (2d - 1): the
   * distance of independent Gaussians is the sum of squared differences of means and deviations.
   */
  @Test
  void isThatOfTwoGaussiansWithIndependentDimensions() {
    int d = 24;
    double expected = 0;
    for (int k = 0; k < d; k++) {
      double deviations = ((k + 1) - (d - k) * 0.5) * Math.sqrt(2.0 / (2 * d - 1));
      expected += 0.25 * k * 0.25 * k + deviations * deviations;
    }

    double found =
        FrechetDistance.between(
            crosses(d, k -> 0, k -> k + 1), crosses(d, k -> 0.25 * k, k -> (d - k) * 0.5));

    assertThat(found).isCloseTo(expected, withinPercentage(1e-7));
  }

  /**
   * Covariances that don't commute: in the plane the trace of (S1 S2)^1/2 is sqrt(tr S1 S2 + 2
   * sqrt(det S1 S2)).
   */
  @Test
  void isThatOfTwoGaussiansOfThePlaneWithCrossedAxes() {
    Features along = plane(new float[][] {{3, 0}, {0, 1}});
    Features across = plane(new float[][] {{2, 2}, {-0.5f, 0.5f}});
    // scatter over n - 1 = 3: S1 = diag(18, 2) / 3, S2 = ((8.5, 7.5), (7.5, 8.5)) / 3
    double product = (18 * 8.5 + 2 * 8.5) / 9;
    double determinant = 36.0 / 9 * (8.5 * 8.5 - 7.5 * 7.5) / 9;
    double shared = Math.sqrt(product + 2 * Math.sqrt(determinant));
    double expected = (20.0 + 17) / 3 - 2 * shared;

    assertThat(FrechetDistance.between(along, across)).isCloseTo(expected, withinPercentage(1e-7));
  }

  @Test
  void isSymmetricAndZeroToItself() {
    Features a = Gaussians.standard(100, 6, 1);
    Features b = Gaussians.of(120, 6, 2, 2, 1);

    assertThat(FrechetDistance.between(a, a)).isCloseTo(0, within(1e-9));
    assertThat(FrechetDistance.between(a, b))
        .isCloseTo(FrechetDistance.between(b, a), withinPercentage(1e-9));
  }

  @Test
  void aConstantDimensionHasNoPart() {
    Features a = withZeros(Gaussians.standard(100, 3, 1));
    Features b = withZeros(Gaussians.of(100, 3, 2, 2, 1));

    assertThat(FrechetDistance.between(a, b))
        .isCloseTo(
            FrechetDistance.between(Gaussians.standard(100, 3, 1), Gaussians.of(100, 3, 2, 2, 1)),
            withinPercentage(1e-9));
  }

  @Test
  void refusesFewerImagesThanDimensionsWithTheReason() {
    Features enough = Gaussians.standard(17, 16, 1);
    Features few = Gaussians.standard(16, 16, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrechetDistance.between(enough, few))
        .withMessageContainingAll("16 dimensions", "found 16 images", "singular", "at least 17");
    assertThat(FrechetDistance.between(enough, enough)).isCloseTo(0, within(1e-6));
  }

  /**
   * FD of n images is about a + b/n; here a is 0.5^2 times the dimensions, the real mean's shift.
   */
  @Test
  void extrapolatesToTheDistanceOfTheDistributions() {
    int d = 8;
    Features real = Gaussians.standard(20_000, d, 1);
    Features generated = Gaussians.of(2000, d, 2, 1, 0.5);
    double truth = d * 0.25;

    FrechetExtrapolation found = FrechetExtrapolation.of(real, generated, 3);

    assertThat(found.slope()).isPositive();
    // the means' sampling error: 2 * 0.5 * sqrt(d / 2000) = 0.063
    assertThat(found.value()).isCloseTo(truth, within(0.2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrechetExtrapolation.of(real, Gaussians.standard(29, d, 1), 3))
        .withMessageContaining("at least 30 images");
  }

  private interface OfDimension {
    double at(int k);
  }

  private static Features crosses(int d, OfDimension mean, OfDimension scale) {
    float[] values = new float[2 * d * d];
    for (int k = 0; k < d; k++) {
      for (int j = 0; j < d; j++) {
        double step = j == k ? scale.at(k) : 0;
        values[2 * k * d + j] = (float) (mean.at(j) + step);
        values[(2 * k + 1) * d + j] = (float) (mean.at(j) - step);
      }
    }
    return Features.of("gaussians", 2 * d, d, values);
  }

  private static Features plane(float[][] axes) {
    float[] values = new float[8];
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 2; j++) {
        values[4 * k + j] = axes[k][j];
        values[4 * k + 2 + j] = -axes[k][j];
      }
    }
    return Features.of("gaussians", 4, 2, values);
  }

  private static Features withZeros(Features features) {
    int d = features.dimensions() + 1;
    float[] values = new float[features.count() * d];
    for (int i = 0; i < features.count(); i++) {
      for (int j = 1; j < d; j++) {
        values[i * d + j] = features.at(i, j - 1);
      }
    }
    return Features.of("gaussians", features.count(), d, values);
  }
}
