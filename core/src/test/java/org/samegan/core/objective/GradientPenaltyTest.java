package org.samegan.core.objective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.samegan.core.objective.GradientPenalty.Points;

class GradientPenaltyTest {
  @Test
  void theNamedPenaltiesAreThoseOfTheirArticles() {
    assertThat(GradientPenalty.wganGp())
        .isEqualTo(new GradientPenalty(Points.BETWEEN, 10, 1, false));
    assertThat(GradientPenalty.wganLp())
        .isEqualTo(new GradientPenalty(Points.BETWEEN, 10, 1, true));
    assertThat(GradientPenalty.dragan())
        .isEqualTo(new GradientPenalty(Points.AROUND_REAL, 10, 1, false));
    assertThat(GradientPenalty.r1(10)).isEqualTo(new GradientPenalty(Points.REAL, 5, 0, false));
    assertThat(GradientPenalty.r2(10)).isEqualTo(new GradientPenalty(Points.FAKE, 5, 0, false));
  }
}
