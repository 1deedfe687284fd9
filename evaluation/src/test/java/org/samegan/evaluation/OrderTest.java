package org.samegan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.distance.FrechetExtrapolation;
import org.samegan.evaluation.distance.KernelDistance;
import org.samegan.evaluation.distance.Mind;
import org.samegan.evaluation.neighbours.ManifoldScores;
import org.samegan.evaluation.neighbours.NearDuplicates;

/**
 * What holds of every metric: equal bits for equal input, and nothing hangs on the images' order.
 */
class OrderTest {
  private static final Features REAL = Gaussians.standard(300, 7, 1);
  private static final Features GENERATED = Gaussians.of(300, 7, 2, 0.8, 0.2);

  @FunctionalInterface
  interface Metric {
    double of(Features real, Features generated);
  }

  static Stream<Arguments> metrics() {
    return Stream.of(
        metric("FD", FrechetDistance::between),
        metric("KD", (a, b) -> KernelDistance.between(a, b, 1).value()),
        metric("MIND", (a, b) -> Mind.between(a, b, 1)),
        metric("precision", (a, b) -> ManifoldScores.between(a, b).precision()),
        metric("recall", (a, b) -> ManifoldScores.between(a, b).recall()),
        metric("density", (a, b) -> ManifoldScores.between(a, b).density()),
        metric("coverage", (a, b) -> ManifoldScores.between(a, b).coverage()),
        metric("duplicates", NearDuplicates::share),
        metric("AuthPct", Authenticity::percent));
  }

  private static Arguments metric(String name, Metric metric) {
    return Arguments.of(name, metric);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("metrics")
  void doesNotDependOnTheOrderOfImages(String name, Metric metric) {
    double found = metric.of(Gaussians.shuffled(REAL, 3), Gaussians.shuffled(GENERATED, 4));

    assertThat(found).as(name).isCloseTo(metric.of(REAL, GENERATED), within(1e-9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("metrics")
  void hasTheSameBitsAgain(String name, Metric metric) {
    assertThat(metric.of(REAL, GENERATED)).as(name).isEqualTo(metric.of(REAL, GENERATED));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsDrawnIsAFunctionOfTheSeed(long seed) {
    assertThat(FrechetExtrapolation.of(REAL, GENERATED, seed))
        .isEqualTo(FrechetExtrapolation.of(REAL, GENERATED, seed));
    assertThat(KernelDistance.between(REAL, GENERATED, seed))
        .isEqualTo(KernelDistance.between(REAL, GENERATED, seed));
    assertThat(KernelDistance.between(REAL, GENERATED, seed).standardError())
        .isNotEqualTo(KernelDistance.between(REAL, GENERATED, seed + 1).standardError());
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L);
  }
}
