package org.samegan.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Floor;
import org.samegan.evaluation.classes.ClassHistogram;
import org.samegan.evaluation.classes.ClassSpread;
import org.samegan.evaluation.classes.ClassifierScore;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.copying.DataCopying;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.distance.FrechetExtrapolation;
import org.samegan.evaluation.distance.KernelDistance;
import org.samegan.evaluation.distance.Mind;
import org.samegan.evaluation.neighbours.ManifoldScores;
import org.samegan.evaluation.neighbours.NearDuplicates;

/** Whatever a comparison says, the number's own computation says of the same features. */
class ComparisonTest {
  private static final long SEED = 5;
  private static final int COUNT = 150;
  private static final Observed TRAIN = Sets.labelled(400, 1);
  private static final Observed TEST = Sets.labelled(200, 2);

  /** Asked for the classes in turn, seen as too many of the first. */
  private static final Observed GENERATED = generated();

  private static Comparison comparison;
  private static Comparison.Result result;

  private static Observed generated() {
    int[] asked = new int[COUNT];
    int[] seen = new int[COUNT];
    Arrays.setAll(asked, i -> i % Sets.CLASSES);
    Arrays.setAll(seen, i -> i % 5 == 0 ? 0 : i % Sets.CLASSES);
    return Sets.of(COUNT, 3, seen).withLabels(asked);
  }

  @BeforeAll
  static void compare() {
    comparison = new Comparison(TRAIN, Optional.of(TEST), GENERATED, SEED);
    result = comparison.beside(comparison.measure(comparison.possible()), 3);
  }

  @Test
  void everythingIsMeasuredInTheMetricsOrder() {
    assertThat(result.refused()).isEmpty();
    assertThat(result.measured().keySet()).containsExactly(Metric.values());
    assertThat(result.measured())
        .allSatisfy((metric, m) -> assertThat(m.metric()).isEqualTo(metric));
  }

  @Test
  void numbersOfPairsAreTheirOwnComputations() {
    Features real = TRAIN.first(COUNT).features();
    Features fake = GENERATED.features();
    pairs()
        .forEach(
            (metric, own) ->
                assertThat(result.value(metric))
                    .as(metric.key())
                    .hasValue(own.applyAsDouble(real, fake)));
    assertThat(result.measured().get(Metric.KERNEL_DISTANCE).standardError())
        .hasValue(KernelDistance.between(real, fake, SEED).standardError());
  }

  private static Map<Metric, ToDoubleBiFunction<Features, Features>> pairs() {
    Map<Metric, ToDoubleBiFunction<Features, Features>> pairs = new EnumMap<>(Metric.class);
    pairs.put(Metric.FRECHET_DISTANCE, FrechetDistance::between);
    pairs.put(Metric.FRECHET_EXTRAPOLATION, (a, b) -> FrechetExtrapolation.of(a, b, SEED).value());
    pairs.put(Metric.KERNEL_DISTANCE, KernelDistance::valueBetween);
    pairs.put(Metric.MIND, (a, b) -> Mind.between(a, b, SEED));
    pairs.put(Metric.PRECISION, (a, b) -> ManifoldScores.between(a, b).precision());
    pairs.put(Metric.RECALL, (a, b) -> ManifoldScores.between(a, b).recall());
    pairs.put(Metric.DENSITY, (a, b) -> ManifoldScores.between(a, b).density());
    pairs.put(Metric.COVERAGE, (a, b) -> ManifoldScores.between(a, b).coverage());
    pairs.put(Metric.DUPLICATES, NearDuplicates::share);
    return pairs;
  }

  @Test
  void copyingIsLookedForAmongAllTrainingImages() {
    assertThat(result.value(Metric.AUTHENTICITY))
        .hasValue(Authenticity.percent(TRAIN.features(), GENERATED.features()));
    assertThat(result.value(Metric.DATA_COPYING))
        .hasValue(
            DataCopying.test(TRAIN.features(), TEST.features(), GENERATED.features(), SEED)
                .score());
  }

  @Test
  void numbersOfClassesAreTheirOwnComputations() {
    int[] seen = GENERATED.opinions().orElseThrow().labels();
    int[] real = new int[COUNT];
    Arrays.setAll(real, i -> i % Sets.CLASSES);

    assertThat(result.value(Metric.CLASSIFIER_SCORE))
        .hasValue(ClassifierScore.of(Sets.sure(seen, 0.9f)));
    assertThat(result.value(Metric.MODES)).hasValue(3);
    assertThat(result.value(Metric.CLASS_DIVERGENCE))
        .hasValue(ClassHistogram.of(seen, 3).divergenceFrom(ClassHistogram.of(real, 3)));
    double least =
        ClassSpread.of(
                TRAIN.first(COUNT).features(), real, GENERATED.features(), seen, Sets.CLASSES)
            .stream()
            .mapToDouble(spread -> spread.ratio().orElseThrow())
            .min()
            .orElseThrow();
    assertThat(result.value(Metric.SPREAD)).hasValue(least);
    // Of every fifth image, all but a third were asked for as something else.
    assertThat(result.value(Metric.LABEL_ACCURACY)).hasValue(130.0 / 150);
  }

  @Test
  void floorsAreThoseOfEachMetric() {
    Map<Metric, ToDoubleBiFunction<Features, Features>> pairs = pairs();
    pairs.put(Metric.AUTHENTICITY, Authenticity::percent);
    pairs.forEach(
        (metric, own) ->
            assertThat(result.measured().get(metric).floor())
                .as(metric.key())
                .hasValue(
                    Floor.of(
                        TRAIN.first(Math.min(TRAIN.count(), 2 * COUNT)).features(),
                        COUNT,
                        3,
                        SEED,
                        own)));
    assertThat(result.measured().get(Metric.DATA_COPYING).floor()).isEmpty();
    // Real images are what the classifier takes them for, of three classes.
    assertThat(result.measured().get(Metric.LABEL_ACCURACY).floor())
        .hasValue(new Floor(1, 0, COUNT, 3));
    assertThat(result.measured().get(Metric.MODES).floor()).hasValue(new Floor(3, 0, COUNT, 3));
    assertThat(result.measured().get(Metric.SPREAD).floor().orElseThrow().mean())
        .isBetween(0.85, 1.0);
  }

  @Test
  void isAFunctionOfTheSeed() {
    assertThat(comparison.measure(EnumSet.allOf(Metric.class)).measured())
        .isEqualTo(comparison.measure(EnumSet.allOf(Metric.class)).measured());
    Comparison other = new Comparison(TRAIN, Optional.of(TEST), GENERATED, SEED + 1);
    assertThat(other.measure(EnumSet.of(Metric.MIND)).measured())
        .isNotEqualTo(comparison.measure(EnumSet.of(Metric.MIND)).measured());
  }

  @Test
  void onlyWhatIsKnownCanBeAskedFor() {
    Observed plain = Observed.of(TRAIN.features());
    Observed fake = Observed.of(GENERATED.features());
    EnumSet<Metric> ofFeatures = EnumSet.allOf(Metric.class);
    ofFeatures.removeIf(Metric::needsClasses);

    assertThat(new Comparison(plain, Optional.of(TEST), fake, 1).possible()).isEqualTo(ofFeatures);
    ofFeatures.remove(Metric.DATA_COPYING);
    assertThat(Sets.compared(plain, fake).possible()).isEqualTo(ofFeatures);
    assertThat(Sets.compared(plain, GENERATED).possible())
        .as("of the real images no class is known")
        .isEqualTo(ofFeatures);
    Observed unlabelled = fake.with(GENERATED.opinions().orElseThrow());
    assertThat(Sets.compared(TRAIN, unlabelled).possible())
        .contains(Metric.CLASSIFIER_SCORE, Metric.SPREAD)
        .doesNotContain(Metric.LABEL_ACCURACY);
  }

  @Test
  void whatCanNotBeAskedForIsRefusedWithTheReason() {
    Observed fake = Observed.of(GENERATED.features());
    Comparison.Result plain =
        Sets.compared(Observed.of(TRAIN.features()), fake).measure(EnumSet.allOf(Metric.class));

    assertThat(plain.refused().keySet())
        .containsExactlyInAnyOrder(
            Metric.DATA_COPYING,
            Metric.CLASSIFIER_SCORE,
            Metric.MODES,
            Metric.CLASS_DIVERGENCE,
            Metric.SPREAD,
            Metric.LABEL_ACCURACY);
    assertThat(plain.refused().get(Metric.DATA_COPYING)).contains("not trained on");
    assertThat(plain.refused().get(Metric.SPREAD)).contains("tells no classes apart");
    assertThat(plain.value(Metric.SPREAD)).isEmpty();
    Comparison.Result unlabelled =
        Sets.compared(TRAIN, fake.with(GENERATED.opinions().orElseThrow()))
            .measure(EnumSet.of(Metric.LABEL_ACCURACY));
    assertThat(unlabelled.refused().get(Metric.LABEL_ACCURACY)).contains("no labels");
    assertThat(
            Sets.compared(Observed.of(TRAIN.features()), GENERATED)
                .measure(EnumSet.of(Metric.CLASS_DIVERGENCE))
                .refused())
        .containsOnlyKeys(Metric.CLASS_DIVERGENCE);
  }

  @Test
  void refusesMoreGeneratedThanRealImagesAndOtherFeatures() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sets.compared(GENERATED, TRAIN))
        .withMessageContainingAll("400 generated and 150 real", "fewer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sets.compared(TRAIN, Sets.standard(10, 7, 1)))
        .withMessageContaining("features of the same network");
  }

  @Test
  void refusesLabelsAndOpinionsOfOtherImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TRAIN.withLabels(new int[3]))
        .withMessageContainingAll("400 images", "labels", "found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TRAIN.with(GENERATED.opinions().orElseThrow()))
        .withMessageContainingAll("opinions", "found 150");
  }

  @Test
  void metricsAreFoundByTheirKeys() {
    for (Metric metric : Metric.values()) {
      assertThat(Metric.named(metric.key())).isEqualTo(metric);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metric.named("precison"))
        .withMessageContainingAll("did you mean 'precision'?", "fd-infinity");
    assertThat(Metric.FRECHET_DISTANCE.isBetter(1, 2)).isTrue();
    assertThat(Metric.COVERAGE.isBetter(1, 2)).isFalse();
    assertThat(Metric.AUTHENTICITY.isBetter(1, 2)).isFalse();
    assertThat(Metric.AUTHENTICITY.isBetter(2, 1)).isFalse();
  }
}
