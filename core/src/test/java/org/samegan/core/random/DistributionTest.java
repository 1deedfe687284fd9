package org.samegan.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
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

  /** Half of the doubles between the two floats are nearer to the upper one. */
  @Test
  void theUpperEndOfAnIntervalIsNeverDrawn() {
    FloatBuffer draws = FloatBuffer.allocate(100);
    new Distribution.Uniform(1, Math.nextUp(1f)).fill(RandomStream.of(1, "x", 0), draws);

    assertThat(draws.array()).containsOnly(1f);
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
