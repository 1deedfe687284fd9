package org.samegan.io.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.io.data.Split;

class ToyDataTest {
  @Test
  void eightModesLieOnTheCircleOfRadiusTwo() {
    double r = Math.sqrt(2);
    List<Point> expected =
        List.of(
            new Point(2, 0),
            new Point(r, r),
            new Point(0, 2),
            new Point(-r, r),
            new Point(-2, 0),
            new Point(-r, -r),
            new Point(0, -2),
            new Point(r, -r));
    List<Point> modes = ToyData.named("8gaussians").distribution().modes();
    assertThat(modes).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(modes.get(i).distance(expected.get(i))).isLessThan(1e-14);
    }
    assertThat(ToyDistribution.EIGHT_GAUSSIANS.deviation()).isEqualTo(0.02);
  }

  @Test
  void twentyFiveModesAreTheGridOfTheScriptDividedByItsDeviation() {
    List<Point> modes = ToyData.named("25gaussians").distribution().modes();
    assertThat(modes).hasSize(25);
    for (int y = -2; y <= 2; y++) {
      for (int x = -2; x <= 2; x++) {
        Point expected = new Point(2 * x / 2.828, 2 * y / 2.828);
        // The script rounds the square root of 8 to four digits.
        assertThat(modes.get((y + 2) * 5 + x + 2).distance(expected)).isLessThan(1e-3);
      }
    }
    assertThat(ToyDistribution.TWENTY_FIVE_GAUSSIANS.deviation())
        .isEqualTo(0.05 / 2.828, within(1e-5));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SWISS_ROLL")
  void pointsScatterAroundTheirModeByTheStandardDeviation(ToyDistribution distribution) {
    ToyData data = data(distribution);
    FloatBuffer points = data.points(data.size());
    int classes = data.classes().count();
    assertThat(classes).isEqualTo(distribution.modes().size());
    int[] counts = new int[classes];
    double squares = 0;
    double sumX = 0;
    for (int i = 0; i < data.size(); i++) {
      Point mode = distribution.modes().get(data.label(i));
      double dx = points.get() - mode.x();
      double dy = points.get() - mode.y();
      squares += dx * dx + dy * dy;
      sumX += dx;
      counts[data.label(i)]++;
    }
    double sigma = distribution.deviation();
    // The estimate's relative standard error is 1 / sqrt(2 * 100,000) = 0.0022.
    assertThat(Math.sqrt(squares / 100_000)).isEqualTo(sigma, within(0.01 * sigma));
    assertThat(sumX / 50_000).isEqualTo(0, within(5 * sigma / Math.sqrt(50_000)));
    double share = 1.0 / classes;
    double error = Math.sqrt(50_000 * share * (1 - share));
    for (int count : counts) {
      assertThat((double) count).isEqualTo(50_000 * share, within(5 * error));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SWISS_ROLL")
  void realPointsCoverAllModesAndLieWithinKDeviationsAsRayleighSays(ToyDistribution distribution) {
    FloatBuffer points = data(distribution).points(ToyData.SIZE);
    for (double k : new double[] {2, 4}) {
      ModeStatistics found = distribution.modesCovered(points, k);
      double expected = 1 - Math.exp(-k * k / 2);
      double error = Math.sqrt(expected * (1 - expected) / ToyData.SIZE);
      assertThat(found.covered()).isEqualTo(found.modes()).isEqualTo(distribution.modes().size());
      assertThat(found.highQuality()).isEqualTo(expected, within(5 * error));
    }
    assertThat(points.position()).isZero();
  }

  @Test
  void swissRollFollowsItsSpiral() {
    ToyData roll = ToyData.named("swissroll");
    FloatBuffer points = roll.points(roll.size());
    double sum = 0;
    double squares = 0;
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 0; i < roll.size(); i++) {
      double x = 7.5 * points.get();
      double y = 7.5 * points.get();
      double radius = Math.sqrt(x * x + y * y);
      double angle = Math.atan2(y, x);
      // On the spiral the radius is the angle: the turn is the one that fits best.
      double t = angle + 2 * Math.PI * Math.round((radius - angle) / (2 * Math.PI));
      sum += t;
      squares += (radius - t) * (radius - t);
      least = Math.min(least, t);
      most = Math.max(most, t);
    }
    double low = 1.5 * Math.PI;
    double high = 4.5 * Math.PI;
    assertThat(sum / roll.size()).isEqualTo((low + high) / 2, within(0.06));
    assertThat(least).isEqualTo(low, within(0.3));
    assertThat(most).isEqualTo(high, within(0.2));
    // Noise across the spiral, and to first order that along it, which turns t by noise / t: the
    // mean of 1 / t² over the interval is 1 / (low * high).
    double deviation = 0.25 * Math.sqrt(1 + 1 / (low * high));
    assertThat(Math.sqrt(squares / roll.size())).isEqualTo(deviation, within(0.01 * deviation));
  }

  @ParameterizedTest
  @EnumSource
  void pointsAreAFunctionOfSeedSplitAndIndex(ToyDistribution distribution) {
    ToyData data = data(distribution);
    assertThat(data.exampleShape()).isEqualTo(Shape.of(2));
    assertThat(data.size()).isEqualTo(50_000);
    FloatBuffer all = data.points(100);
    FloatBuffer one = FloatBuffer.allocate(3);
    data.copyTo(70, one);
    assertThat(one.position()).isEqualTo(2);
    assertThat(one.get(0)).isEqualTo(all.get(140));
    assertThat(one.get(1)).isEqualTo(all.get(141));

    assertThat(data(distribution).fingerprint()).isEqualTo(data.fingerprint()).hasSize(64);
    assertThat(data.withSeed(7).fingerprint()).isNotEqualTo(data.fingerprint());
    ToyData heldOut = data.withSplit(Split.TEST);
    assertThat(heldOut.points(100)).isNotEqualTo(all);
    assertThat(heldOut.withSplit(Split.TRAIN)).isEqualTo(data);
  }

  @Test
  void namesTheNearestNameForAnUnknownOne() {
    assertThatThrownBy(() -> ToyData.named("8gausians"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown toy data '8gausians'; did you mean '8gaussians'? There are 8gaussians,"
                + " 25gaussians, swissroll");
  }

  @Test
  void refusesIndicesOutsideAndLabelsWhereThereAreNone() {
    ToyData roll = ToyData.named("swissroll");
    FloatBuffer room = FloatBuffer.allocate(2);
    assertThatThrownBy(() -> roll.copyTo(50_000, room))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> roll.copyTo(-1, room)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> roll.points(50_001)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(roll.classes()).isEqualTo(Classes.NONE);
    assertThatThrownBy(() -> roll.label(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("swissroll has no labels");
  }

  private static ToyData data(ToyDistribution distribution) {
    return ToyData.named(distribution.id());
  }
}
