package org.samegan.runs.evaluation;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.samegan.core.backend.Backend;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.evaluation.comparison.Comparison;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.runs.data.Examples;

/**
 * Measures a generator again and again while it is trained: few numbers, on few images, always of
 * the same latents and beside the same real images, so that they can be compared with each other.
 */
public final class RepeatedEvaluation implements AutoCloseable {
  /** How many images are generated and compared, if there are as many real ones. */
  public static final int IMAGES = 2000;

  private static final Set<Metric> CHEAP =
      EnumSet.of(
          Metric.FRECHET_DISTANCE,
          Metric.MIND,
          Metric.COVERAGE,
          Metric.DUPLICATES,
          Metric.MODES,
          Metric.SPREAD,
          Metric.LABEL_ACCURACY);

  private final FeatureNetwork network;
  private final Observed real;
  private final long seed;

  private RepeatedEvaluation(FeatureNetwork network, Observed real, long seed) {
    this.network = network;
    this.real = real;
    this.seed = seed;
  }

  /**
   * Looks at real images.
   *
   * @param data of which some are chosen
   * @param features by what network, see {@link EvaluationRequest#features}
   * @param seed chooses real images and draws latents
   * @param backend what computes the network; it stays the caller's
   * @throws IOException if the network can't be had
   */
  public static RepeatedEvaluation of(Examples data, String features, long seed, Backend backend)
      throws IOException {
    FeatureNetwork network =
        FeatureNetwork.open(FeatureNetwork.chosen(features, data.form().shape()), backend);
    Images some = Images.of(data).some(IMAGES, seed);
    return new RepeatedEvaluation(network, Evaluation.see(network, some), seed);
  }

  /** What numbers are called by, such as {@code samegan-mnist-1}. */
  public String features() {
    return network.name();
  }

  /**
   * Measures a generator.
   *
   * @return numbers by the keys of their metrics; without those that can't be computed
   */
  public Map<String, Double> measure(TrainedGenerator generator) {
    Observed generated = Evaluation.see(network, Images.of(generator, real.count(), seed));
    Comparison comparison = new Comparison(real, Optional.empty(), generated, seed);
    Set<Metric> wanted = EnumSet.copyOf(CHEAP);
    wanted.retainAll(comparison.possible());
    Map<String, Double> numbers = new LinkedHashMap<>();
    comparison
        .measure(wanted)
        .measured()
        .forEach((metric, number) -> numbers.put(metric.key(), number.value()));
    return numbers;
  }

  @Override
  public void close() {
    network.close();
  }
}
