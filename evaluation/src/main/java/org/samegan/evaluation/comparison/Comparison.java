package org.samegan.evaluation.comparison;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.samegan.evaluation.Floor;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.copying.DataCopying;
import org.samegan.evaluation.neighbours.Neighbours;

/**
 * Generated images beside real ones: whatever numbers are asked for, with what several of them need
 * computed once, and the floor of each where it has one.
 *
 * <p>Distances and shares are between as many real as generated images. Copying is looked for among
 * all training images. What a set of images can't say, such as a Fréchet distance of fewer images
 * than dimensions, is refused with the reason, and the other numbers are there.
 */
public final class Comparison {
  /** Enough that a half of the images has nearly all neighbours that it needs among them. */
  private static final int FLOOR_NEIGHBOURS = 40;

  private final Observed train;
  private final Optional<Observed> test;
  private final Observed real;
  private final Observed generated;
  private final long seed;

  /**
   * Numbers and why others are none.
   *
   * @param measured in the order of {@link Metric}
   * @param refused why a metric that was asked for couldn't be computed
   */
  public record Result(Map<Metric, Measurement> measured, Map<Metric, String> refused) {
    /** A number, if it could be computed. */
    public OptionalDouble value(Metric metric) {
      Measurement found = measured.get(metric);
      return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.value());
    }
  }

  /**
   * Prepares a comparison.
   *
   * @param train the images that the generator was trained on, in an order that means nothing: the
   *     first of them, as many as are generated, are what is compared with
   * @param test real images that it was not trained on
   * @param generated of no more images than train
   * @param seed decides random directions, blocks and splits
   * @throws IllegalArgumentException if more are generated than there are real ones
   */
  public Comparison(Observed train, Optional<Observed> test, Observed generated, long seed) {
    train.features().requireComparable(generated.features());
    if (generated.count() > train.count()) {
      throw new IllegalArgumentException(
          "as many real as generated images are compared, found "
              + generated.count()
              + " generated and "
              + train.count()
              + " real ones; compare fewer");
    }
    this.train = train;
    this.test = test;
    this.generated = generated;
    this.seed = seed;
    real = train.first(generated.count());
  }

  /** What can be asked of these images: all but what needs classes, labels or test images. */
  public Set<Metric> possible() {
    Set<Metric> possible = EnumSet.allOf(Metric.class);
    possible.removeIf(metric -> missing(metric).isPresent());
    return possible;
  }

  /** What of these images would have to be known for a metric; empty if it is. */
  private Optional<String> missing(Metric metric) {
    boolean classes = generated.opinions().isPresent() && real.opinions().isPresent();
    if (metric.needsClasses() && !classes) {
      return Optional.of("the features' network tells no classes apart");
    }
    if (metric == Metric.LABEL_ACCURACY && !generated.isLabelled()) {
      return Optional.of("the generated images have no labels");
    }
    if (metric == Metric.DATA_COPYING && test.isEmpty()) {
      return Optional.of("the copy test needs real images that were not trained on");
    }
    return Optional.empty();
  }

  /** The numbers that are asked for, without floors. */
  public Result measure(Set<Metric> wanted) {
    Map<Metric, Measurement> measured = new EnumMap<>(Metric.class);
    Map<Metric, String> refused = new EnumMap<>(Metric.class);
    PairMetrics pairs = PairMetrics.of(real, generated, seed);
    for (Metric metric : wanted) {
      Optional<String> missing = missing(metric);
      if (missing.isPresent()) {
        refused.put(metric, missing.get());
        continue;
      }
      try {
        measured.put(
            metric,
            switch (metric) {
              case AUTHENTICITY -> Measurement.of(metric, authenticity());
              case DATA_COPYING -> Measurement.of(metric, copying());
              default -> pairs.measure(metric);
            });
      } catch (IllegalArgumentException e) {
        refused.put(metric, e.getMessage());
      }
    }
    return new Result(measured, refused);
  }

  private double authenticity() {
    return Authenticity.percent(
        train.features(), Neighbours.of(generated.features(), train.features(), 1));
  }

  private double copying() {
    return DataCopying.test(
            train.features(), test.orElseThrow().features(), generated.features(), seed)
        .score();
  }

  /**
   * Numbers beside their floors: the same between disjoint halves of the training images, as large
   * as the sets that were compared. The copy test has none, as fresh real images have 0 by its
   * definition, and a metric that the halves are too small for has none either.
   *
   * @param splits how many splits, at least 2
   */
  public Result beside(Result numbers, int splits) {
    List<Metric> metrics = new ArrayList<>(numbers.measured().keySet());
    metrics.remove(Metric.DATA_COPYING);
    if (!train.isLabelled()) {
      metrics.remove(Metric.LABEL_ACCURACY);
    }
    if (metrics.isEmpty() || train.count() < 4) {
      return numbers;
    }
    Set<Metric> without = EnumSet.noneOf(Metric.class);
    // So few that their neighbours are found once, and so many that halves are as large as asked.
    Observed some = train.first(Math.min(train.count(), 2 * generated.count()));
    int ranks = Math.min(FLOOR_NEIGHBOURS, some.count() - 1);
    Supplier<Neighbours> among = PairMetrics.once(() -> Neighbours.among(some.features(), ranks));
    Floor[] floors =
        Floor.ofRows(
            some.count(),
            generated.count(),
            splits,
            seed,
            metrics.size(),
            (first, second) -> {
              PairMetrics halves = PairMetrics.ofParts(some, among, first, second, seed);
              return metrics.stream()
                  .mapToDouble(
                      metric -> {
                        try {
                          return halves.value(metric);
                        } catch (IllegalArgumentException e) {
                          without.add(metric);
                          return Double.NaN;
                        }
                      })
                  .toArray();
            });
    Map<Metric, Measurement> beside = new EnumMap<>(numbers.measured());
    for (int i = 0; i < floors.length; i++) {
      Floor floor = floors[i];
      if (!without.contains(metrics.get(i))) {
        beside.computeIfPresent(metrics.get(i), (metric, number) -> number.beside(floor));
      }
    }
    return new Result(beside, numbers.refused());
  }
}
