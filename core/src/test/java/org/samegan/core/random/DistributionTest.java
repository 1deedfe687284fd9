package org.samegan.core.random;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void refusesANegativeDeviation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Normal(0, -1))
        .withMessageContainingAll("standard deviation", "-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Normal(0, Double.NaN));
  }

  @Test
  void refusesAnEmptyInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Uniform(1, 1))
        .withMessageContaining("[1.0, 1.0)");
  }

  @Test
  void refusesToKeepNothingOrMoreThanAll() {
    for (double keep : new double[] {0, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Distribution.DropoutMask(keep))
          .withMessageContainingAll("(0, 1]", String.valueOf(keep));
    }
  }
}
