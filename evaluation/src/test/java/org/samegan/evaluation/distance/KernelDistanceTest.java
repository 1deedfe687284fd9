package org.samegan.evaluation.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class KernelDistanceTest {
  @Test
  void isTheSumOverAllPairs() {
    Features real = Gaussians.standard(301, 7, 1);
    Features generated = Gaussians.of(259, 7, 2, 1.5, 0.3);
    double expected = mean(real, real) + mean(generated, generated) - 2 * mean(real, generated);

    assertThat(KernelDistance.between(real, generated, 1).value())
        .isCloseTo(expected, withinPercentage(1e-9));
  }

  @Test
  void isUnbiasedBetweenEqualDistributions() {
    int draws = 200;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      double value =
          KernelDistance.valueBetween(
              Gaussians.standard(60, 4, 2L * draw), Gaussians.standard(60, 4, 2L * draw + 1));
      sum += value;
      squares += value * value;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / (draws - 1));

    assertThat(Math.abs(mean)).isLessThan(2 * error);
  }

  /** Where there is a difference, values of repeated draws deviate about as the error says. */
  @Test
  void standardErrorIsTheDeviationOfRepeatedDraws() {
    int draws = 60;
    double sum = 0;
    double squares = 0;
    double errors = 0;
    for (int draw = 0; draw < draws; draw++) {
      KernelDistance distance =
          KernelDistance.between(
              Gaussians.standard(300, 4, 2L * draw),
              Gaussians.of(300, 4, 2L * draw + 1, 1, 1),
              draw);
      sum += distance.value();
      squares += distance.value() * distance.value();
      errors += distance.standardError();
    }
    double deviation = Math.sqrt(squares / draws - sum / draws * sum / draws);

    assertThat(errors / draws).isBetween(deviation / 1.5, deviation * 1.5);
  }

  @Test
  void refusesFewerImagesThanItsBlocksNeed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KernelDistance.between(
                    Gaussians.standard(40, 3, 1), Gaussians.standard(19, 3, 2), 1))
        .withMessageContainingAll("at least 20 images", "found 19");
  }

  private static double mean(Features a, Features b) {
    boolean same = a.equals(b);
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < b.count(); j++) {
        if (same && i == j) {
          continue;
        }
        double product = 0;
        for (int k = 0; k < a.dimensions(); k++) {
          product += (double) a.at(i, k) * b.at(j, k);
        }
        sum += Math.pow(product / a.dimensions() + 1, 3);
        pairs++;
      }
    }
    return sum / pairs;
  }
}
