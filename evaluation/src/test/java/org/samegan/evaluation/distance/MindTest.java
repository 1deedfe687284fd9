package org.samegan.evaluation.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class MindTest {
  /** On a line there is one direction, up to its sign. */
  @Test
  void isThreeTimesTheMeanSquareOfSortedDifferencesOnALine() {
    Features x = Features.of("line", 4, 1, new float[] {3, 0, 1, 2});
    Features y = Features.of("line", 4, 1, new float[] {7, 1, 1, 2});

    // sorted: 0 1 2 3 and 1 1 2 7
    assertThat(Mind.between(x, y, 2020)).isCloseTo(3 * (1 + 16) / 4.0, withinPercentage(1e-10));
  }

  /** Moved by a vector s, every direction sees (s.u)^2, whose mean is |s|^2 / d. */
  @Test
  void isThreeTimesTheSquareOfAShift() {
    int d = 6;
    Features x = Gaussians.standard(100, d, 1);
    float[] moved = new float[100 * d];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = x.at(i / d, i % d) + 2;
    }

    double found = Mind.between(x, Features.of("gaussians", 100, d, moved), 2020);

    // 1000 directions leave sqrt(2 / 1000) of it to chance
    assertThat(found).isCloseTo(3 * 4.0 * d, withinPercentage(15));
  }

  @Test
  void isZeroToItselfAndGrowsWithTheDifference() {
    Features x = Gaussians.standard(200, 5, 1);

    assertThat(Mind.between(x, Gaussians.shuffled(x, 1), 2020)).isLessThan(1e-20);
    assertThat(Mind.between(x, Gaussians.of(200, 5, 2, 1, 0), 2020))
        .isLessThan(Mind.between(x, Gaussians.of(200, 5, 2, 1, 0.5), 2020));
  }

  @Test
  void refusesUnequalNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mind.between(Gaussians.standard(5, 2, 1), Gaussians.standard(4, 2, 1), 1))
        .withMessageContaining("found 5 real and 4 generated");
  }
}
