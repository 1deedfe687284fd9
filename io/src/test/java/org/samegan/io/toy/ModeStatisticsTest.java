package org.samegan.io.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ModeStatisticsTest {
  private static final ToyDistribution EIGHT = ToyDistribution.EIGHT_GAUSSIANS;

  @Test
  void modeNeedsOnePercentOfTheSamplesItShouldHave() {
    // 4,000 samples on 8 modes: 500 each, of which 1 % is 5.
    FloatBuffer samples = FloatBuffer.allocate(8_000);
    put(samples, 4, EIGHT.modes().get(0), 0);
    put(samples, 5, EIGHT.modes().get(1), 0);
    put(samples, 10, new Point(0, 0), 0);
    put(samples, 31, EIGHT.modes().get(2), 4.1 * 0.02);
    put(samples, 3_950, EIGHT.modes().get(2), 3.9 * 0.02);

    assertThat(EIGHT.modesCovered(samples.flip(), 4))
        .isEqualTo(new ModeStatistics(8, 2, 3_959.0 / 4_000));
  }

  @Test
  void oneSampleIsEnoughWhereOnePercentIsLess() {
    FloatBuffer samples = FloatBuffer.allocate(16);
    EIGHT.modes().forEach(mode -> put(samples, 1, mode, 0));
    assertThat(EIGHT.modesCovered(samples.flip(), 4)).isEqualTo(new ModeStatistics(8, 8, 1));
  }

  @Test
  void collapsedGeneratorCoversOneModeAndOneThatMissesCoversNone() {
    FloatBuffer samples = FloatBuffer.allocate(200);
    put(samples, 100, EIGHT.modes().get(5), 0);
    assertThat(EIGHT.modesCovered(samples.flip(), 4)).isEqualTo(new ModeStatistics(8, 1, 1));

    float infinite = Float.POSITIVE_INFINITY;
    FloatBuffer far = FloatBuffer.wrap(new float[] {1, 1, 0, 0, infinite, infinite});
    assertThat(EIGHT.modesCovered(far, 4)).isEqualTo(new ModeStatistics(8, 0, 0));
  }

  @Test
  void countsFromTheBuffersPosition() {
    FloatBuffer samples = FloatBuffer.wrap(new float[] {0, 0, 0, 2, 0, 0, 9, 9}, 2, 4);
    assertThat(EIGHT.modesCovered(samples, 4)).isEqualTo(new ModeStatistics(8, 1, 0.5));
    assertThat(samples.position()).isEqualTo(2);
  }

  @Test
  void refusesWhatCannotBeCounted() {
    FloatBuffer one = FloatBuffer.allocate(2);
    refuses(ToyDistribution.SWISS_ROLL, one, 4, "swissroll has no modes");
    refuses(EIGHT, FloatBuffer.allocate(3), 4, "pairs of values, found 3");
    refuses(EIGHT, FloatBuffer.allocate(0), 4, "at least one sample");
    refuses(EIGHT, one, 0, "greater than 0");
    refuses(EIGHT, one, Double.NaN, "greater than 0");
    refuses(EIGHT, FloatBuffer.wrap(new float[] {0, 0, 0, Float.NaN}), 4, "(0.0, NaN) at 1");
  }

  private static void refuses(
      ToyDistribution distribution, FloatBuffer samples, double within, String message) {
    assertThatThrownBy(() -> distribution.modesCovered(samples, within))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void put(FloatBuffer samples, int count, Point point, double right) {
    for (int i = 0; i < count; i++) {
      samples.put((float) (point.x() + right)).put((float) point.y());
    }
  }
}
