package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.layer.Variable;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.random.RandomStream;

/** What one step of one network does. */
class StepTest {
  private static final int BATCH = 4;
  private static final long SEED = 11;
  private final Gan gan = TinyGan.gan();
  private final TrainedNetwork generator =
      new TrainedNetwork(
          Backend.nd4j(),
          "generator",
          gan.generatorVariables(),
          TinyGan.ADAM,
          new Constraint.None(),
          MovingAverage.NONE,
          SEED);
  private final TrainedNetwork discriminator =
      new TrainedNetwork(
          Backend.nd4j(),
          "discriminator",
          gan.discriminatorVariables(),
          TinyGan.ADAM,
          new Constraint.None(),
          MovingAverage.NONE,
          SEED);

  private CompiledStep discriminatorStep() {
    StepGraph graph = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT);
    return new CompiledStep(
        Backend.nd4j(), graph, Sharding.none(BATCH), SEED, discriminator, generator);
  }

  private CompiledStep generatorStep() {
    StepGraph graph = StepGraph.emitGeneratorStep(gan, BATCH, DataType.FLOAT);
    return new CompiledStep(
        Backend.nd4j(), graph, Sharding.none(BATCH), SEED, generator, discriminator);
  }

  @Test
  void aDiscriminatorStepLeavesTheGeneratorsEveryBit() {
    try (CompiledStep warmUp = generatorStep();
        CompiledStep step = discriminatorStep()) {
      train(warmUp, 0);
      Map<String, double[]> generatorBefore = TinyGan.values(generator.arrays());
      Map<String, double[]> discriminatorBefore = TinyGan.values(discriminator.arrays());

      for (int i = 0; i < 3; i++) {
        trainOnData(step, i);
      }

      assertNoneChanged(generator, generatorBefore);
      assertAllChanged(discriminator, discriminatorBefore);
    }
  }

  @Test
  void aGeneratorStepLeavesTheDiscriminatorsEveryBit() {
    try (CompiledStep warmUp = discriminatorStep();
        CompiledStep step = generatorStep()) {
      trainOnData(warmUp, 0);
      Map<String, double[]> generatorBefore = TinyGan.values(generator.arrays());
      Map<String, double[]> discriminatorBefore = TinyGan.values(discriminator.arrays());

      for (int i = 0; i < 3; i++) {
        train(step, i);
      }

      assertAllChanged(generator, generatorBefore);
      assertNoneChanged(discriminator, discriminatorBefore);
    }
  }

  @Test
  void computingWithoutUpdatingChangesNoNetwork() {
    try (CompiledStep step = generatorStep()) {
      Map<String, double[]> before = TinyGan.values(generator.arrays());

      step.run(Draw.ofNoise(0, 1), 0);

      assertNoneChanged(generator, before);
      assertThat(step.loss()).isPositive();
    }
  }

  @Test
  void everyStepHasNoiseOfItsOwn() {
    try (CompiledStep step = generatorStep()) {
      step.run(Draw.ofNoise(0, 1), 0);
      double first = step.loss();
      step.run(Draw.ofNoise(1, 1), 1);
      double second = step.loss();
      step.run(Draw.ofNoise(0, 1), 0);

      assertThat(second).isNotEqualTo(first);
      assertThat(step.loss()).isEqualTo(first);
    }
  }

  @Test
  void discriminatorStepsOnTheSameExamplesHaveNoiseOfTheirOwnToo() {
    try (CompiledStep step = discriminatorStep()) {
      step.run(Draw.ofNoise(0, 1), 0);
      double first = step.numbers().get(StepReport.FAKE_SCORE);
      step.run(Draw.ofNoise(1, 1), 1);

      assertThat(step.numbers().get(StepReport.FAKE_SCORE)).isNotEqualTo(first);
    }
  }

  @Test
  void realAndFakeExamplesHaveDropoutMasksOfTheirOwn() {
    List<NoiseInput> noises = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT).noises();

    assertThat(noises)
        .extracting(NoiseInput::name)
        .containsExactlyInAnyOrder(
            "discriminator_step/latent",
            "discriminator_step/real/2_dropout/mask",
            "discriminator_step/fake/2_dropout/mask");
  }

  @Test
  void initialValuesAreDrawnByPath() {
    for (Variable variable : gan.generator().variables("generator")) {
      FloatBuffer expected = FloatBuffer.allocate(variable.shape().elements());
      variable.initial().fill(RandomStream.of(SEED, "initial/" + variable.name(), 0), expected);

      assertThat(generator.variables().get(variable.name()).array().dup('c').data().asFloat())
          .as(variable.name())
          .isEqualTo(expected.array());
    }
  }

  /** Forward, backward, statistics and update, by other means than the trainer's. */
  @Test
  void aTrainersStepIsAdamOnTheSessionsGradients() {
    RecordingData data = RecordingData.ofImages(10);
    try (Trainer trainer = new Trainer(gan, data, BATCH, SEED)) {
      Map<String, INDArray> before = TinyGan.copy(trainer.state()).arrays();
      Map<String, INDArray> after = trainer.state().arrays();
      trainer.step();

      int[] order = RandomStream.of(SEED, "data/order", 0).permutation(10);
      FloatBuffer real = FloatBuffer.allocate(BATCH * 64);
      for (int i = 0; i < BATCH; i++) {
        real.put(data.example(order[i]));
      }
      Map<String, INDArray> inputs = new HashMap<>(before);
      inputs.put(StepGraph.REAL, Nd4j.createFromArray(real.array()).reshape(BATCH, 8, 8, 1));
      check(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT), inputs, before, after);

      // The generator's step sees the discriminator that has just been moved.
      Map<String, INDArray> moved = new HashMap<>(after);
      before.forEach(
          (path, array) -> moved.computeIfPresent(path, (p, now) -> pick(p, array, now)));
      check(StepGraph.emitGeneratorStep(gan, BATCH, DataType.FLOAT), moved, before, after);
    }
  }

  private static INDArray pick(String path, INDArray before, INDArray now) {
    return path.startsWith("generator/") ? before : now;
  }

  private static void check(
      StepGraph step,
      Map<String, INDArray> values,
      Map<String, INDArray> before,
      Map<String, INDArray> after) {
    Map<String, INDArray> inputs = new HashMap<>();
    for (NoiseInput noise : step.noises()) {
      FloatBuffer drawn = FloatBuffer.allocate(BATCH * noise.shape().elements());
      noise.source().fill(RandomStream.of(SEED, noise.name(), 0), drawn);
      inputs.put(
          noise.name(), Nd4j.createFromArray(drawn.array()).reshape(noise.shape().batch(BATCH)));
    }
    step.graph().inputs().forEach(name -> inputs.putIfAbsent(name, values.get(name)));

    step.gradients()
        .forEach(
            (path, variable) -> {
              double[] gradient = session(step, inputs, variable);
              double[] from = BothExecutors.values(before.get(path));
              double[] to = BothExecutors.values(after.get(path));
              for (int i = 0; i < to.length; i++) {
                // Adam's first step is the rate times g / (|g| + epsilon): all of it where g is
                // well above the float's rounding, and never more.
                double expected = from[i] - 1e-3 * gradient[i] / (Math.abs(gradient[i]) + 1e-8);
                double tolerance = Math.abs(gradient[i]) > 1e-6 ? 1e-6 : 2e-3;
                assertThat(to[i]).as(path).isCloseTo(expected, Offset.offset(tolerance));
              }
            });
    step.statistics()
        .forEach(
            (path, variable) ->
                assertThat(BothExecutors.values(after.get(path)))
                    .as(path)
                    .containsExactly(session(step, inputs, variable), Offset.offset(1e-6)));
  }

  private static double[] session(StepGraph step, Map<String, INDArray> inputs, String variable) {
    return BothExecutors.values(
        BothExecutors.session(step.graph(), inputs, List.of(variable)).get(variable));
  }

  private static void trainOnData(CompiledStep step, int index) {
    FloatBuffer real = step.inputs().real();
    for (double value : Draws.uniform(index, BATCH * 64, -1, 1)) {
      real.put((float) value);
    }
    train(step, index);
  }

  private static void train(CompiledStep step, int index) {
    step.run(Draw.ofNoise(index, 1), index);
    step.update(index + 1, index);
  }

  private static void assertNoneChanged(TrainedNetwork network, Map<String, double[]> before) {
    TinyGan.values(network.arrays())
        .forEach((path, values) -> assertThat(values).as(path).isEqualTo(before.get(path)));
  }

  private static void assertAllChanged(TrainedNetwork network, Map<String, double[]> before) {
    TinyGan.values(network.arrays())
        .forEach((path, values) -> assertThat(values).as(path).isNotEqualTo(before.get(path)));
  }
}
