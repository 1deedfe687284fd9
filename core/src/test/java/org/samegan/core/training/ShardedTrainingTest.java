package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.NewArrays;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;

/** Training on batches in shards, with batch normalisation and dropout. */
class ShardedTrainingTest {
  private static final int BATCH = 12;
  private final RecordingData data = RecordingData.ofImages(30);

  private Trainer trainer(Gan gan, Sharding sharding) {
    return new Trainer(gan, data, sharding, 7, Backend.nd4j());
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "4, 3", "6, 1"})
  void aRestoredRunIsTheUninterruptedOneToTheBit(int shards, int interruption) {
    Gan gan = TinyGan.withDiscriminatorSteps(2);
    Sharding sharding = Sharding.of(BATCH, shards);
    List<StepReport> reports = new ArrayList<>();
    TrainingState[] saved = new TrainingState[1];
    Map<String, double[]> uninterrupted;
    try (Trainer trainer = trainer(gan, sharding)) {
      trainer.train(
          4,
          (report, t) -> {
            reports.add(report);
            if (report.step() == interruption) {
              saved[0] = TinyGan.copy(t.state());
            }
          });
      uninterrupted = TinyGan.values(trainer.state().arrays());
    }
    try (Trainer trainer = trainer(gan, sharding)) {
      trainer.restore(saved[0]);
      List<StepReport> again = new ArrayList<>();
      trainer.train(4 - interruption, (report, t) -> again.add(report));

      assertThat(again).isEqualTo(reports.subList(interruption, 4));
      assertThat(trainer.progress()).isEqualTo(new Progress(4, 8, 96, 4));
      assertSame(TinyGan.values(trainer.state().arrays()), uninterrupted);
    }
  }

  @Test
  void theNumberOfShardsIsAPartOfTheRun() {
    Map<String, double[]> whole = trained(Sharding.none(BATCH));
    List<Integer> asked = List.copyOf(data.asked);
    data.asked.clear();
    Map<String, double[]> cut = trained(Sharding.of(BATCH, 2));

    assertThat(data.asked).as("the same examples").isEqualTo(asked);
    String weight = "discriminator/0_conv2d/weight";
    assertThat(cut.get(weight)).as("other statistics").isNotEqualTo(whole.get(weight));
    assertThat(cut.get(weight)).containsExactly(whole.get(weight), within(0.01));
  }

  private Map<String, double[]> trained(Sharding sharding) {
    try (Trainer trainer = trainer(TinyGan.gan(), sharding)) {
      trainer.train(3, (report, t) -> {});
      return TinyGan.values(trainer.state().arrays());
    }
  }

  /** Which process has which of six shards. */
  static List<List<List<Integer>>> processes() {
    return List.of(
        List.of(List.of(0, 1, 2), List.of(3, 4, 5)),
        List.of(List.of(0), List.of(1, 2, 3, 4, 5)),
        List.of(List.of(4, 2), List.of(5, 0), List.of(3, 1)));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void whoComputesTheShardsChangesNoBit(List<List<Integer>> owners) throws Exception {
    Sharding sharding = Sharding.of(BATCH, 6);
    Map<String, double[]> expected = trained(sharding);
    ThreadExchange.Meeting meeting = new ThreadExchange.Meeting(owners);
    ExecutorService threads = Executors.newFixedThreadPool(owners.size());
    try {
      List<Callable<Map<String, double[]>>> trainings = new ArrayList<>();
      for (int process = 0; process < owners.size(); process++) {
        Sharding shared = sharding.with(new ThreadExchange(meeting, process));
        RecordingData own = RecordingData.ofImages(30);
        trainings.add(
            () -> {
              try (Trainer trainer = new Trainer(TinyGan.gan(), own, shared, 7, Backend.nd4j())) {
                trainer.train(3, (report, t) -> {});
                return TinyGan.values(trainer.state().arrays());
              }
            });
      }
      for (Future<Map<String, double[]>> training : threads.invokeAll(trainings)) {
        assertSame(training.get(), expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void measuringChangesNoBitOfTheRunAndGivesTheSameAgain() {
    Gan gan = TinyGan.gan().withRecipe(Recipe.of(new Objective.Wasserstein()));
    RecordingData heldOut = RecordingData.ofImages(25);
    List<StepReport> plain = new ArrayList<>();
    try (Trainer trainer = trainer(gan, Sharding.of(BATCH, 3))) {
      trainer.train(3, (report, t) -> plain.add(report));
    }
    try (Trainer trainer = trainer(gan, Sharding.of(BATCH, 3))) {
      for (int step = 0; step < 3; step++) {
        Map<String, Double> scores = trainer.evaluateDiscriminator(heldOut, 2);

        assertThat(trainer.evaluateDiscriminator(heldOut, 2)).isEqualTo(scores);
        assertThat(trainer.step()).isEqualTo(plain.get(step));
      }
    }
  }

  @Test
  void stepsMakeNoArrays() {
    try (Trainer trainer = trainer(TinyGan.gan(), Sharding.of(BATCH, 6))) {
      trainer.train(3, (report, t) -> {});

      assertThat(NewArrays.madeBy(() -> trainer.train(20, (report, t) -> {}))).isZero();
    }
  }

  private static void assertSame(Map<String, double[]> found, Map<String, double[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((path, values) -> assertThat(values).as(path).isEqualTo(expected.get(path)));
  }
}
