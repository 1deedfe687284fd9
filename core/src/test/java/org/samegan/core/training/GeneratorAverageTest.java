package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.NewArrays;
import org.samegan.core.gan.Gan;

class GeneratorAverageTest {
  private static final int STEPS = 12;
  private final RecordingData data = RecordingData.ofImages(10);
  private final Gan plain = TinyGan.withDiscriminatorSteps(2);

  private Gan averaged(double decay) {
    return plain.withRecipe(plain.recipe().withGeneratorAverage(decay));
  }

  private Trainer trainer(Gan gan) {
    return new Trainer(gan, data, 4, 7);
  }

  /** The arrays at the start and after every step. */
  private List<Map<String, double[]>> history(Gan gan) {
    try (Trainer trainer = trainer(gan)) {
      List<Map<String, double[]>> history = new ArrayList<>();
      history.add(TinyGan.values(trainer.state().arrays()));
      trainer.train(STEPS, (report, t) -> history.add(TinyGan.values(t.state().arrays())));
      return history;
    }
  }

  /** With 0.5 the warm-up ends within the steps, with 0.999 it does not. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.999})
  void theGeneratorsVariablesAreTheAverageOfWhatTrainingWithoutItMoves(double decay) {
    List<Map<String, double[]>> raw = history(plain);
    List<Map<String, double[]>> found = history(averaged(decay));

    raw.get(0).keySet().stream()
        .filter(path -> path.startsWith("generator/") && !path.contains("/optimizer/"))
        .forEach(
            path -> {
              double[] average = raw.get(0).get(path).clone();
              assertThat(found.get(0).get(path)).as("%s at the start", path).isEqualTo(average);
              for (int step = 1; step <= STEPS; step++) {
                double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
                for (int i = 0; i < average.length; i++) {
                  average[i] = kept * average[i] + (1 - kept) * raw.get(step).get(path)[i];
                  // Rounding: about one float's, relative to the values, in each step.
                  double slack = 1e-6 * Math.max(1e-2, Math.abs(average[i]));
                  assertThat(found.get(step).get(path)[i] - average[i])
                      .as("%s[%d] after step %d", path, i, step)
                      .isBetween(-slack, slack);
                }
              }
              assertThat(found.get(STEPS).get(path))
                  .as("%s is not the last step's", path)
                  .isNotEqualTo(raw.get(STEPS).get(path));
            });
  }

  @Test
  void averagingDisturbsNoBitOfTraining() {
    List<Map<String, double[]>> expected = history(plain);
    List<Map<String, double[]>> found = history(averaged(0.99));

    for (int step = 0; step <= STEPS; step++) {
      Map<String, double[]> without = expected.get(step);
      Map<String, double[]> with = found.get(step);
      assertThat(rawOf(with)).isEqualTo(inOrder(without));
      without.forEach(
          (path, values) -> {
            if (path.startsWith("discriminator/") || path.contains("/optimizer/")) {
              assertThat(with.get(path)).as(path).isEqualTo(values);
            }
          });
      assertThat(with).hasSize(without.size() + 2);
    }
  }

  private static double[] rawOf(Map<String, double[]> arrays) {
    return joined(arrays, "generator/raw/parameters", "generator/raw/statistics");
  }

  /** The generator's parameters and then its statistics. */
  private static double[] inOrder(Map<String, double[]> arrays) {
    return joined(
        arrays,
        "generator/0_dense/weight",
        "generator/0_dense/bias",
        "generator/1_batch_norm/gain",
        "generator/1_batch_norm/bias",
        "generator/4_conv_transpose2d/weight",
        "generator/1_batch_norm/running_mean",
        "generator/1_batch_norm/running_variance");
  }

  private static double[] joined(Map<String, double[]> arrays, String... paths) {
    return Stream.of(paths).map(arrays::get).flatMapToDouble(DoubleStream::of).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void aRestoredRunIsTheUninterruptedOneToTheBit(int interruption) {
    Gan gan = averaged(0.9);
    Map<String, double[]> uninterrupted = history(gan).get(STEPS);
    TrainingState saved;
    try (Trainer trainer = trainer(gan)) {
      trainer.train(interruption, (report, t) -> {});
      saved = TinyGan.copy(trainer.state());
    }

    try (Trainer trainer = trainer(gan)) {
      trainer.restore(saved);
      trainer.train(STEPS - interruption, (report, t) -> {});

      Map<String, double[]> found = TinyGan.values(trainer.state().arrays());
      assertThat(found.keySet()).isEqualTo(uninterrupted.keySet());
      found.forEach((path, v) -> assertThat(v).as(path).isEqualTo(uninterrupted.get(path)));
    }
  }

  /** Weights trained elsewhere are the first weights and the first average. */
  @Test
  void theAverageStartsFromGivenWeightsToo() {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    try (Trainer elsewhere = new Trainer(plain, data, 4, 8)) {
      elsewhere.train(3, (report, t) -> {});
      TinyGan.copy(elsewhere.state()).arrays().entrySet().stream()
          .filter(array -> !array.getKey().contains("/optimizer/"))
          .forEach(array -> weights.put(array.getKey(), array.getValue()));
    }
    Map<String, double[]> given = TinyGan.values(weights);
    try (Trainer with = trainer(averaged(0.9));
        Trainer without = trainer(plain)) {
      with.startFrom(weights);
      without.startFrom(weights);

      Map<String, double[]> start = TinyGan.values(with.state().arrays());
      given.forEach((path, v) -> assertThat(start.get(path)).as(path).isEqualTo(v));
      assertThat(rawOf(start)).isEqualTo(inOrder(given));
      assertThat(start.get("generator/optimizer/first_moment")).containsOnly(0);

      with.step();
      without.step();
      Map<String, double[]> averaged = TinyGan.values(with.state().arrays());
      Map<String, double[]> moved = TinyGan.values(without.state().arrays());
      assertThat(rawOf(averaged)).isEqualTo(inOrder(moved));
      String path = "generator/0_dense/weight";
      for (int i = 0; i < moved.get(path).length; i++) {
        // The first step keeps 2/11.
        double expected = 2 / 11.0 * given.get(path)[i] + 9 / 11.0 * moved.get(path)[i];
        assertThat(averaged.get(path)[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void aStateWithAnAverageIsNotOneWithout() {
    try (Trainer with = trainer(averaged(0.9));
        Trainer without = trainer(plain)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> with.restore(without.state()))
          .withMessageContainingAll(
              "another model", "lacks [generator/raw/parameters, generator/raw/statistics]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> without.restore(with.state()))
          .withMessageContainingAll("another model", "has [generator/raw/parameters");
    }
    assertThat(averaged(0.9)).isNotEqualTo(plain).isNotEqualTo(averaged(0.99));
    assertThat(averaged(0)).isEqualTo(plain);
  }

  @Test
  void stepsMakeNoArrays() {
    try (Trainer trainer = trainer(averaged(0.9))) {
      trainer.train(5, (report, t) -> {});

      assertThat(NewArrays.madeBy(() -> trainer.train(50, (report, t) -> {}))).isZero();
    }
  }

  @Test
  void refusesADecayOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> averaged(1))
        .withMessageContainingAll("decay", "[0, 1)", "found 1");
  }
}
