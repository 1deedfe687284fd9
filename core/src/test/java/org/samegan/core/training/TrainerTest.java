package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.NewArrays;
import org.samegan.core.Shape;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Gan;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;

class TrainerTest {
  private static final int BATCH = 4;
  private final RecordingData data = RecordingData.ofImages(10);

  @Test
  void everyEpochVisitsEveryExampleAtMostOnceInItsOwnOrder() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, 1)) {
      assertThat(trainer.batchesPerEpoch()).isEqualTo(2);
      trainer.train(
          6, (report, t) -> assertThat(report.epoch()).isEqualTo((report.step() + 1) / 2));
    }

    // The next step's batch is read ahead.
    assertThat(data.asked).hasSize(24 + BATCH);
    List<Integer> trained = data.asked.subList(0, 24);
    List<List<Integer>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      epochs.add(trained.subList(8 * epoch, 8 * epoch + 8));
    }
    assertThat(epochs).allSatisfy(epoch -> assertThat(epoch).doesNotHaveDuplicates());
    assertThat(epochs).doesNotHaveDuplicates();
    assertThat(new HashSet<>(trained)).as("left out in one, met in another").hasSize(10);
  }

  @Test
  void severalDiscriminatorStepsTakeSeveralBatches() {
    Gan gan = TinyGan.withDiscriminatorSteps(3);
    try (Trainer trainer = new Trainer(gan, data, 2, 1)) {
      trainer.step();

      assertThat(trainer.progress()).isEqualTo(new Progress(1, 3, 6, 0));
      // Another batch is read ahead, for the next step.
      assertThat(data.asked).hasSize(6 + 2).doesNotHaveDuplicates();

      StepReport second = trainer.step();

      assertThat(trainer.progress()).isEqualTo(new Progress(2, 6, 12, 1));
      assertThat(second.step()).isEqualTo(2);
      assertThat(second.epoch()).as("batch 6 of 5 an epoch").isEqualTo(2);
    }
  }

  /** Three batches for steps 1, 2 and 5, one for the others. */
  private static Gan withWarmup() {
    DiscriminatorSteps steps = new DiscriminatorSteps(1, new DiscriminatorSteps.Warmup(3, 2, 4));
    return TinyGan.gan().withRecipe(TinyGan.gan().recipe().withDiscriminatorSteps(steps));
  }

  @Test
  void aWarmupTakesMoreBatches() {
    try (Trainer trainer = new Trainer(withWarmup(), data, 2, 1)) {
      List<Long> batches = new ArrayList<>();
      trainer.train(6, (report, t) -> batches.add(t.progress().batches()));

      assertThat(batches).containsExactly(3L, 6L, 7L, 8L, 11L, 12L);
      assertThat(trainer.progress()).isEqualTo(new Progress(6, 12, 24, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9})
  void aRestoredRunIsTheUninterruptedOneToTheBit(int interruption) {
    restored(TinyGan.withDiscriminatorSteps(2), interruption, new Progress(10, 20, 80, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5})
  void aRestoredRunHasTheSameWarmup(int interruption) {
    // Steps 1, 2, 5 and 9.
    restored(withWarmup(), interruption, new Progress(10, 18, 72, 9));
  }

  private void restored(Gan gan, int interruption, Progress end) {
    Map<String, double[]> uninterrupted;
    List<StepReport> reports = new ArrayList<>();
    TrainingState[] saved = new TrainingState[1];
    try (Trainer trainer = new Trainer(gan, data, BATCH, 7)) {
      trainer.train(
          10,
          (report, t) -> {
            reports.add(report);
            if (report.step() == interruption) {
              saved[0] = TinyGan.copy(t.state());
            }
          });
      uninterrupted = TinyGan.values(trainer.state().arrays());
    }

    try (Trainer trainer = new Trainer(gan, data, BATCH, 7)) {
      trainer.restore(saved[0]);
      List<StepReport> again = new ArrayList<>();
      trainer.train(10 - interruption, (report, t) -> again.add(report));

      assertThat(again).isEqualTo(reports.subList(interruption, 10));
      assertThat(trainer.progress()).isEqualTo(end);
      assertSame(trainer.state(), uninterrupted);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    Map<String, double[]> first = stateAfterTwoSteps(3);

    assertThat(stateAfterTwoSteps(3).get("generator/0_dense/weight"))
        .isEqualTo(first.get("generator/0_dense/weight"));
    assertThat(stateAfterTwoSteps(4).get("generator/0_dense/weight"))
        .isNotEqualTo(first.get("generator/0_dense/weight"));
  }

  private Map<String, double[]> stateAfterTwoSteps(long seed) {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, seed)) {
      trainer.train(2, (report, t) -> {});
      return TinyGan.values(trainer.state().arrays());
    }
  }

  @Test
  void theStateHoldsAllThatIsLearnt() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, 1)) {
      assertThat(trainer.state().progress()).isEqualTo(Progress.START);
      assertThat(trainer.state().arrays())
          .containsOnlyKeys(
              "generator/0_dense/weight",
              "generator/0_dense/bias",
              "generator/1_batch_norm/gain",
              "generator/1_batch_norm/bias",
              "generator/1_batch_norm/running_mean",
              "generator/1_batch_norm/running_variance",
              "generator/4_conv_transpose2d/weight",
              "generator/optimizer/first_moment",
              "generator/optimizer/second_moment",
              "discriminator/0_conv2d/weight",
              "discriminator/3_conv2d/weight",
              "discriminator/4_batch_norm/gain",
              "discriminator/4_batch_norm/bias",
              "discriminator/4_batch_norm/running_mean",
              "discriminator/4_batch_norm/running_variance",
              "discriminator/7_dense/weight",
              "discriminator/7_dense/bias",
              "discriminator/optimizer/first_moment",
              "discriminator/optimizer/second_moment");
    }
  }

  @Test
  void refusesTheStateOfAnotherModelAndKeepsItsOwn() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, 1)) {
      trainer.step();
      Map<String, double[]> before = TinyGan.values(trainer.state().arrays());
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      trainer.state().arrays().forEach((path, array) -> arrays.put(path, array.mul(0)));

      Map<String, INDArray> wrongShape = new LinkedHashMap<>(arrays);
      wrongShape.put("discriminator/7_dense/bias", Nd4j.zeros(DataType.FLOAT, 2));
      refuses(trainer, wrongShape, "'discriminator/7_dense/bias'", "[1]", "[2]");
      Map<String, INDArray> missing = new LinkedHashMap<>(arrays);
      missing.remove("generator/optimizer/first_moment");
      refuses(trainer, missing, "another model");
      Map<String, INDArray> leftOver = new LinkedHashMap<>(arrays);
      leftOver.put("generator/9_dense/weight", Nd4j.zeros(DataType.FLOAT, 2));
      refuses(trainer, leftOver, "9_dense");

      assertThat(trainer.progress()).isEqualTo(new Progress(1, 1, 4, 0));
      assertSame(trainer.state(), before);
    }
  }

  private static void refuses(Trainer trainer, Map<String, INDArray> arrays, String... message) {
    TrainingState state = new TrainingState(new Progress(5, 5, 20, 2), arrays);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.restore(state))
        .withMessageContainingAll(message);
  }

  @Test
  void startsFromWeightsInPlaceOfTheSeeds() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, 1)) {
      Map<String, double[]> before = TinyGan.values(trainer.state().arrays());
      INDArray weight = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(24, 1);
      String path = "discriminator/7_dense/weight";
      refusesStart(trainer, Map.of(path, weight.ravel()), path, "[24, 1], found [24]");
      refusesStart(
          trainer,
          Map.of(path, weight, "generator/9_dense/weight", weight),
          "no variable 'generator/9_dense/weight'",
          "generator/0_dense/weight");
      refusesStart(trainer, Map.of("generator/optimizer/first_moment", weight), "no variable");
      assertSame(trainer.state(), before);

      trainer.startFrom(Map.of(path, weight));

      before.put(path, weight.ravel().toDoubleVector());
      assertSame(trainer.state(), before);
      trainer.step();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> trainer.startFrom(Map.of(path, weight)))
          .withMessageContaining("has trained 1 steps");
    }
  }

  private static void refusesStart(
      Trainer trainer, Map<String, INDArray> weights, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.startFrom(weights))
        .withMessageContaining("the weights are of another model")
        .withMessageContainingAll(message);
  }

  @Test
  void refusesABatchLargerThanTheData() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(TinyGan.gan(), data, 11, 1))
        .withMessageContainingAll("from 1 to 10", "found 11", "smaller batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(TinyGan.gan(), data, 0, 1))
        .withMessageContaining("found 0");
  }

  @Test
  void refusesDataOfAnotherShape() {
    RecordingData others = new RecordingData(10, Shape.of(8, 8, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(TinyGan.gan(), others, BATCH, 1))
        .withMessageContainingAll("8x8x1", "8x8x3");
  }

  static List<Optimizer> tooFast() {
    return List.of(new Adam(1e36, 0.5, 0.999), new RmsProp(1e36), new Sgd(1e36, 0.5));
  }

  @ParameterizedTest
  @MethodSource("tooFast")
  void divergenceIsReportedWithStepAndRemedies(Optimizer optimizer) {
    Gan gan = TinyGan.gan().withRecipe(TinyGan.gan().recipe().withOptimizers(optimizer, optimizer));
    try (Trainer trainer = new Trainer(gan, data, BATCH, 1)) {
      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(() -> trainer.train(20, (report, t) -> {}))
          .withMessageContainingAll("loss is", "learning-rate", "batch")
          .satisfies(
              e -> {
                assertThat(e.step()).isEqualTo(trainer.progress().step() + 1);
                assertThat(e).hasMessageContaining("step " + e.step());
              });
    }
  }

  @Test
  void aLossThatIsNoNumberMovesNothing() {
    RecordingData broken = RecordingData.ofImages(10).withValue(3, Float.NaN);
    try (Trainer trainer = new Trainer(TinyGan.gan(), broken, 10, 1)) {
      Map<String, double[]> before = TinyGan.values(trainer.state().arrays());

      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(trainer::step)
          .withMessageContainingAll("step 1", "discriminator's loss is NaN");

      assertThat(trainer.progress()).isEqualTo(Progress.START);
      assertSame(trainer.state(), before);
    }
  }

  @Test
  void whatDivergesAfterTheDiscriminatorMovedIsBetweenTwoSteps() {
    Gan gan = TinyGan.gan().withRecipe(TinyGan.gan().recipe().withDiscriminatorSteps(2));
    RecordingData order = RecordingData.ofImages(20);
    try (Trainer trainer = new Trainer(gan, order, 10, 1)) {
      trainer.step();
    }
    int inSecondBatch = order.asked.get(10);
    RecordingData broken = RecordingData.ofImages(20).withValue(inSecondBatch, Float.NaN);
    try (Trainer trainer = new Trainer(gan, broken, 10, 1)) {
      Map<String, INDArray> start = new HashMap<>();
      trainer.state().arrays().forEach((path, array) -> start.put(path, array.dup()));
      Map<String, double[]> before = TinyGan.values(start);

      assertThatExceptionOfType(DivergenceException.class).isThrownBy(trainer::step);

      assertThat(trainer.progress()).isEqualTo(Progress.START);
      String weight = gan.discriminatorVariables().get(0).name();
      assertThat(TinyGan.values(trainer.state().arrays()).get(weight))
          .as("the first batch's update was made")
          .isNotEqualTo(before.get(weight));
      trainer.restore(new TrainingState(Progress.START, start));
      assertSame(trainer.state(), before);
    }
  }

  @Test
  void stepsMakeNoArrays() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, BATCH, 1)) {
      trainer.train(5, (report, t) -> {});

      assertThat(NewArrays.madeBy(() -> trainer.train(200, (report, t) -> {}))).isZero();
    }
  }

  private static void assertSame(TrainingState state, Map<String, double[]> expected) {
    Map<String, double[]> found = TinyGan.values(state.arrays());
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((path, values) -> assertThat(values).as(path).isEqualTo(expected.get(path)));
  }
}
