package org.samegan.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Floor;
import org.samegan.evaluation.Gaussians;

/**
 * What generators with a known fault look like beside real images, and images with nothing to see.
 */
class ComparedBehaviourTest {
  private static final int COUNT = 600;
  private static final Observed TRAIN = Sets.standard(1200, 8, 1);
  private static final Observed TEST = Sets.standard(600, 8, 2);

  private static Comparison.Result measured(Observed generated) {
    Comparison comparison = new Comparison(TRAIN, Optional.of(TEST), generated, 1);
    return comparison.measure(comparison.possible());
  }

  private static double value(Comparison.Result result, Metric metric) {
    return result.value(metric).orElseThrow();
  }

  @Test
  void freshRealImagesAreAsGoodAsTheData() {
    Comparison.Result found = measured(Sets.standard(COUNT, 8, 3));

    assertThat(value(found, Metric.FRECHET_EXTRAPOLATION)).isBetween(-0.2, 0.3);
    assertThat(value(found, Metric.PRECISION)).isGreaterThan(0.7);
    assertThat(value(found, Metric.DENSITY)).isCloseTo(1, within(0.1));
    assertThat(value(found, Metric.COVERAGE)).isGreaterThan(0.93);
    assertThat(value(found, Metric.DUPLICATES)).isLessThan(0.02);
    assertThat(value(found, Metric.AUTHENTICITY)).isBetween(40.0, 75.0);
    assertThat(value(found, Metric.DATA_COPYING)).isBetween(-3.0, 3.0);
  }

  @Test
  void aGeneratorThatCopiesTrainingImagesIsFound() {
    // From the second half: copies that are not among those that are compared.
    int[] rows = new int[COUNT];
    Arrays.setAll(rows, i -> 600 + i);
    Comparison.Result found = measured(TRAIN.select(rows));

    assertThat(value(found, Metric.AUTHENTICITY)).isLessThan(5);
    assertThat(value(found, Metric.DATA_COPYING)).isLessThan(-5);
    assertThat(value(found, Metric.COVERAGE)).as("nothing else is wrong").isGreaterThan(0.93);
  }

  @Test
  void oneImageRepeatedIsCollapse() {
    Comparison.Result found =
        measured(Observed.of(Gaussians.repeated(Gaussians.standard(10, 8, 3), 4, COUNT)));

    assertThat(value(found, Metric.COVERAGE)).isLessThan(0.01);
    assertThat(value(found, Metric.DUPLICATES)).isGreaterThan(0.99);
    assertThat(value(found, Metric.RECALL)).isLessThan(0.01);
  }

  @Test
  void noiseFarAwayLooksLikeNothingReal() {
    Comparison.Result found = measured(Observed.of(Gaussians.of(COUNT, 8, 3, 1, 20)));

    assertThat(value(found, Metric.PRECISION)).isLessThan(0.05);
    assertThat(value(found, Metric.COVERAGE)).isZero();
    // Eight means, each 20 away.
    assertThat(value(found, Metric.FRECHET_DISTANCE)).isCloseTo(3200, within(100.0));
    assertThat(value(found, Metric.AUTHENTICITY)).isEqualTo(100);
  }

  @Test
  void aDistanceOfFewerImagesThanDimensionsIsRefusedAndTheOthersAreThere() {
    Comparison comparison = Sets.compared(Sets.standard(60, 40, 1), Sets.standard(30, 40, 2));

    Comparison.Result found = comparison.beside(comparison.measure(comparison.possible()), 2);

    assertThat(found.refused())
        .containsOnlyKeys(Metric.FRECHET_DISTANCE, Metric.FRECHET_EXTRAPOLATION);
    assertThat(found.refused().get(Metric.FRECHET_DISTANCE)).contains("30", "40");
    assertThat(found.measured()).containsKeys(Metric.KERNEL_DISTANCE, Metric.COVERAGE);
    assertThat(found.measured().get(Metric.COVERAGE).floor()).isPresent();
  }

  @Test
  void aFloorOfHalvesThatAreTooSmallIsLeftOutAndTheOthersAreThere() {
    // 50 of 40 dimensions can be compared, halves of 30 can't.
    Comparison comparison = Sets.compared(Sets.standard(60, 40, 1), Sets.standard(50, 40, 2));

    Comparison.Result found = comparison.beside(comparison.measure(comparison.possible()), 2);

    assertThat(found.measured().get(Metric.FRECHET_DISTANCE).floor()).isEmpty();
    assertThat(found.measured().get(Metric.MIND).floor().map(Floor::size)).hasValue(30);
  }

  @Test
  void tooFewImagesForNeighboursAreNoError() {
    Comparison comparison = Sets.compared(Sets.standard(10, 2, 1), Sets.standard(10, 2, 2));

    Comparison.Result found = comparison.beside(comparison.measure(comparison.possible()), 2);

    assertThat(found.measured().get(Metric.COVERAGE).floor())
        .as("halves of 5 have no 5 neighbours")
        .isEmpty();
    assertThat(found.measured().get(Metric.MIND).floor()).isPresent();
    Comparison tiny = Sets.compared(Sets.standard(3, 2, 1), Sets.standard(2, 2, 2));
    Comparison.Result ofTwo = tiny.beside(tiny.measure(tiny.possible()), 2);
    assertThat(ofTwo.refused()).containsKeys(Metric.COVERAGE, Metric.FRECHET_EXTRAPOLATION);
    assertThat(ofTwo.refused().values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
  }

  private static Observed constant(int count, float value) {
    float[] values = new float[count * 4];
    Arrays.fill(values, value);
    return Observed.of(Features.of("constant", count, 4, values));
  }

  @Test
  void featuresThatSeeNothingGiveNumbersOrReasons() {
    for (float generated : new float[] {1, 2}) {
      Comparison comparison =
          new Comparison(constant(80, 1), Optional.of(constant(40, 1)), constant(40, generated), 1);

      Comparison.Result found = comparison.beside(comparison.measure(comparison.possible()), 2);

      Set<Metric> answered = EnumSet.copyOf(found.measured().keySet());
      answered.addAll(found.refused().keySet());
      assertThat(answered).isEqualTo(comparison.possible());
      // Four numbers, each as far away; up to the rounding of a root of 0.
      assertThat(value(found, Metric.FRECHET_DISTANCE))
          .isCloseTo(4 * (generated - 1) * (generated - 1), within(1e-6));
      assertThat(value(found, Metric.PRECISION)).isEqualTo(generated == 1 ? 1 : 0);
      assertThat(value(found, Metric.DUPLICATES)).isEqualTo(1);
    }
  }

  @Test
  void oneDeadFeatureChangesNothing() {
    Features with = Gaussians.standard(60, 3, 1);
    float[] values = new float[60 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 4 == 3 ? 0.5f : with.at(i / 4, i % 4);
    }
    Observed dead = Observed.of(Features.of("dead", 60, 4, values));

    Comparison.Result found =
        Sets.compared(dead, dead.first(30)).measure(EnumSet.of(Metric.FRECHET_DISTANCE));

    assertThat(value(found, Metric.FRECHET_DISTANCE)).isCloseTo(0, within(1e-6));
  }

  @Test
  void oneClassAloneIsNoError() {
    int[] first = new int[60];
    Observed real = Sets.of(60, 1, first);
    Comparison comparison = Sets.compared(real, Sets.of(30, 2, new int[30]));

    Comparison.Result found = comparison.beside(comparison.measure(comparison.possible()), 2);

    assertThat(value(found, Metric.MODES)).isEqualTo(1);
    assertThat(value(found, Metric.CLASSIFIER_SCORE)).isCloseTo(1, within(1e-9));
    assertThat(value(found, Metric.CLASS_DIVERGENCE)).isZero();
    assertThat(value(found, Metric.SPREAD)).isCloseTo(1, within(0.3));
  }

  @Test
  void aClassThatIsNotGeneratedHasNoSpread() {
    Comparison comparison = Sets.compared(Sets.labelled(90, 1), Sets.of(60, 2, new int[60]));

    Comparison.Result found = comparison.measure(comparison.possible());

    assertThat(value(found, Metric.SPREAD)).isZero();
    assertThat(value(found, Metric.CLASS_DIVERGENCE)).isCloseTo(Math.log(3), within(1e-12));
  }
}
