package org.samegan.evaluation.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.classes.ClassHistogram;
import org.samegan.evaluation.classes.ClassProbabilities;
import org.samegan.evaluation.classes.ClassSpread;
import org.samegan.evaluation.classes.ClassifierScore;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.distance.FrechetExtrapolation;
import org.samegan.evaluation.distance.KernelDistance;
import org.samegan.evaluation.distance.Mind;
import org.samegan.evaluation.neighbours.ManifoldScores;
import org.samegan.evaluation.neighbours.NearDuplicates;
import org.samegan.evaluation.neighbours.Neighbours;

/** The numbers of two sets of images, each computed when it is asked for, what they share once. */
final class PairMetrics {
  private static final int BALL = ManifoldScores.COVERAGE_NEIGHBOURS;

  private final Observed real;
  private final Observed generated;
  private final long seed;
  private final Supplier<Neighbours> ofReal;
  private final Supplier<Neighbours> ofGenerated;
  private final Supplier<Neighbours> nearest;
  private final Supplier<ManifoldScores> manifold;

  private PairMetrics(
      Observed real,
      Observed generated,
      long seed,
      Supplier<Neighbours> ofReal,
      Supplier<Neighbours> ofGenerated,
      Supplier<Neighbours> nearest,
      Supplier<ManifoldScores> manifold) {
    this.real = real;
    this.generated = generated;
    this.seed = seed;
    this.ofReal = ofReal;
    this.ofGenerated = ofGenerated;
    this.nearest = nearest;
    this.manifold = manifold;
  }

  /** Of two sets that nothing is known of yet. */
  static PairMetrics of(Observed real, Observed generated, long seed) {
    Features first = real.features();
    Features second = generated.features();
    Supplier<Neighbours> ofReal = once(() -> Neighbours.among(first, BALL));
    Supplier<Neighbours> ofGenerated = once(() -> Neighbours.among(second, BALL));
    return new PairMetrics(
        real,
        generated,
        seed,
        ofReal,
        ofGenerated,
        once(() -> Neighbours.of(second, first, 1)),
        once(() -> ManifoldScores.between(first, ofReal.get(), second, ofGenerated.get())));
  }

  /**
   * Of two parts of a set whose neighbours are known: whom those leave out is searched for.
   *
   * @param among the neighbours within the set, more than each part needs
   */
  static PairMetrics ofParts(
      Observed all, Supplier<Neighbours> among, int[] real, int[] generated, long seed) {
    Observed first = all.select(real);
    Observed second = all.select(generated);
    return new PairMetrics(
        first,
        second,
        seed,
        once(
            () ->
                among
                    .get()
                    .select(real, real, BALL)
                    .orElseGet(() -> Neighbours.among(first.features(), BALL))),
        once(
            () ->
                among
                    .get()
                    .select(generated, generated, BALL)
                    .orElseGet(() -> Neighbours.among(second.features(), BALL))),
        once(
            () ->
                among
                    .get()
                    .select(generated, real, 1)
                    .orElseGet(() -> Neighbours.of(second.features(), first.features(), 1))),
        once(() -> ManifoldScores.ofParts(all.features(), among.get(), real, generated)));
  }

  /** What is computed when it is first asked for, and kept. */
  static <T> Supplier<T> once(Supplier<T> computation) {
    return new Supplier<>() {
      private T value;

      @Override
      public T get() {
        if (value == null) {
          value = computation.get();
        }
        return value;
      }
    };
  }

  Measurement measure(Metric metric) {
    if (metric == Metric.KERNEL_DISTANCE) {
      KernelDistance distance = KernelDistance.between(real.features(), generated.features(), seed);
      return new Measurement(
          metric, distance.value(), OptionalDouble.of(distance.standardError()), Optional.empty());
    }
    return Measurement.of(metric, value(metric));
  }

  double value(Metric metric) {
    Features first = real.features();
    Features second = generated.features();
    return switch (metric) {
      case FRECHET_DISTANCE -> FrechetDistance.between(first, second);
      case FRECHET_EXTRAPOLATION -> FrechetExtrapolation.of(first, second, seed).value();
      case KERNEL_DISTANCE -> KernelDistance.valueBetween(first, second);
      case MIND -> Mind.between(first, second, seed);
      case PRECISION -> manifold.get().precision();
      case RECALL -> manifold.get().recall();
      case DENSITY -> manifold.get().density();
      case COVERAGE -> manifold.get().coverage();
      case DUPLICATES -> NearDuplicates.share(ofReal.get(), ofGenerated.get());
      case AUTHENTICITY -> Authenticity.percent(nearest.get(), ofReal.get());
      case DATA_COPYING -> throw new IllegalArgumentException("the copy test has three sets");
      case CLASSIFIER_SCORE -> ClassifierScore.of(opinions());
      case MODES -> histogram().modes();
      case CLASS_DIVERGENCE ->
          histogram().divergenceFrom(ClassHistogram.of(real.classes(), opinions().classes()));
      case SPREAD -> leastSpread();
      case LABEL_ACCURACY -> labelAccuracy();
    };
  }

  private ClassProbabilities opinions() {
    return generated
        .opinions()
        .orElseThrow(
            () -> new IllegalArgumentException("the features' network tells no classes apart"));
  }

  /** What was generated, whatever was asked for. */
  private ClassHistogram histogram() {
    return ClassHistogram.of(opinions().labels(), opinions().classes());
  }

  /** By the classifier's opinion, so that images of a wrong class don't make up for variety. */
  private double leastSpread() {
    return ClassSpread.of(
            real.features(),
            real.classes(),
            generated.features(),
            opinions().labels(),
            opinions().classes())
        .stream()
        .filter(spread -> spread.real() > 1)
        // A class that does not occur varies as little as one image.
        .mapToDouble(spread -> spread.ratio().orElse(0))
        .min()
        .orElse(0);
  }

  private double labelAccuracy() {
    int[] wanted = generated.classes();
    int[] found = opinions().labels();
    int right = 0;
    for (int i = 0; i < wanted.length; i++) {
      right += wanted[i] == found[i] ? 1 : 0;
    }
    return (double) right / wanted.length;
  }
}
