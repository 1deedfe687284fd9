package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      assertThat(with.get("generator/raw/parameters"))
          .isEqualTo(
              joined(
                  without,
                  "generator/0_dense/weight",
                  "generator/0_dense/bias",
                  "generator/1_batch_norm/gain",
                  "generator/1_batch_norm/bias",
                  "generator/4_conv_transpose2d/weight"));
      assertThat(with.get("generator/raw/statistics"))
          .isEqualTo(
              joined(
                  without,
                  "generator/1_batch_norm/running_mean",
                  "generator/1_batch_norm/running_variance"));
      without.forEach(
          (path, values) -> {
            if (path.startsWith("discriminator/") || path.contains("/optimizer/")) {
              assertThat(with.get(path)).as(path).isEqualTo(values);
            }
          });
      assertThat(with).hasSize(without.size() + 2);
    }
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
  void stepsAllocateNothingThatStays() {
    try (Trainer trainer = trainer(averaged(0.9))) {
      trainer.train(5, (report, t) -> {});
      long before = Pointer.totalBytes();

      trainer.train(50, (report, t) -> {});

      assertThat(Pointer.totalBytes() - before).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void refusesADecayOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> averaged(1))
        .withMessageContainingAll("decay", "[0, 1)", "1.0");
  }
}
