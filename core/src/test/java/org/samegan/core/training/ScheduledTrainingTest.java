package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.random.RandomStream;
import org.samegan.core.schedule.Schedule;

/** Training whose numbers change as it goes on. */
class ScheduledTrainingTest {
  private static final Schedule FALLING = Schedule.parse("linear:0.01:0.002:4");
  private static final RecordingData DATA = new RecordingData(9, Shape.of(3));

  private static Gan linear(Recipe recipe) {
    return Gan.of(
            Latent.normal(2),
            Network.of(Shape.of(2), new Dense(3)),
            Network.of(Shape.of(3), new Dense(1)))
        .withRecipe(recipe);
  }

  /** Two constant rates, one after the other, are a step schedule. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "rmsprop", "adam"})
  void aStepInTheRateIsTheSameAsGoingOnWithAnotherRate(String optimizer) {
    Map<String, double[]> expected;
    TrainingState half;
    try (Trainer trainer = trainer(optimizer, Schedule.constant(0.01))) {
      trainer.train(3, (report, t) -> {});
      half = TinyGan.copy(trainer.state());
    }
    try (Trainer trainer = trainer(optimizer, Schedule.constant(0.01 * 0.5))) {
      trainer.restore(half);
      trainer.train(3, (report, t) -> {});
      expected = TinyGan.values(trainer.state().arrays());
    }
    try (Trainer trainer = trainer(optimizer, Schedule.parse("step:0.01:0.5:3"))) {
      List<Double> rates = new ArrayList<>();
      trainer.train(
          6, (report, t) -> rates.add(report.get(StepReport.DISCRIMINATOR_LEARNING_RATE)));

      assertThat(rates).containsExactly(0.01, 0.01, 0.01, 0.005, 0.005, 0.005);
      Map<String, double[]> found = TinyGan.values(trainer.state().arrays());
      expected.forEach((path, values) -> assertThat(found.get(path)).as(path).isEqualTo(values));
    }
  }

  private static Trainer trainer(String name, Schedule rate) {
    Optimizer optimizer =
        switch (name) {
          case "sgd" -> new Sgd(rate, 0.5);
          case "rmsprop" -> new RmsProp(rate, 0.9, 1e-8);
          default -> new Adam(rate, 0.5, Schedule.constant(0.99), 1e-8);
        };
    Recipe recipe =
        Recipe.of(new Objective.LeastSquares())
            .withOptimizers(optimizer, optimizer)
            .withDiscriminatorSteps(2);
    return new Trainer(linear(recipe), DATA, 3, 5);
  }

  /**
   * The first update of Adam is the rate whatever beta2; in the second the two squares have weights
   * that beta2 decides. A linear critic's gradient by its bias is constant under the Wasserstein
   * loss: 0. So its weights are looked at, with PyTorch's formula in plain Java.
   */
  @Test
  void beta2FollowsItsScheduleAsInPyTorch() {
    Schedule beta2 = Schedule.parse("linear:0.5:0.9:2");
    Adam adam = new Adam(Schedule.constant(0.01), 0, beta2, 1e-8);
    double v = 0;
    double expected = 0;
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, 1);
    INDArray gradient = parameters.dup();
    Optimizer.Update update =
        adam.bind(parameters, gradient, List.of(parameters.dup(), parameters.dup()));
    double[] gradients = {1, -3, 0.5, 2};
    for (int t = 1; t <= gradients.length; t++) {
      double b2 = beta2.at(t - 1);
      v = b2 * v + (1 - b2) * gradients[t - 1] * gradients[t - 1];
      expected -= 0.01 * gradients[t - 1] / (Math.sqrt(v / (1 - Math.pow(b2, t))) + 1e-8);
      gradient.assign(gradients[t - 1]);
      update.apply(t, t - 1);
    }
    assertThat(parameters.getDouble(0)).isCloseTo(expected, Offset.offset(1e-8));
  }

  /** A linear critic's gradient is its weight everywhere, so the penalty is known. */
  @Test
  void aPenaltysWeightFollowsItsSchedule() {
    GradientPenalty penalty =
        new GradientPenalty(
            GradientPenalty.Points.BETWEEN, Schedule.parse("linear:8:2:3"), 1, false);
    Sgd still = new Sgd(1e-12, 0);
    Recipe recipe =
        Recipe.of(new Objective.Wasserstein()).withPenalties(penalty).withOptimizers(still, still);
    try (Trainer trainer = new Trainer(linear(recipe), DATA, 3, 5)) {
      double squares = 0;
      for (double w :
          TinyGan.values(trainer.state().arrays()).get("discriminator/0_dense/weight")) {
        squares += w * w;
      }
      double unweighted = Math.pow(Math.sqrt(squares) - 1, 2);
      for (double weight : new double[] {8, 6, 4, 2, 2}) {
        assertThat(trainer.step().get(StepReport.PENALTY))
            .isCloseTo(weight * unweighted, Offset.offset(1e-5));
      }
    }
  }

  @Test
  void anAveragesDecayFollowsItsSchedule() {
    MovingAverage average = new MovingAverage(Schedule.parse("linear:0:0.1:10"));
    assertThat(average.enabled()).isTrue();
    assertThat(average.decayAt(1)).isZero();
    assertThat(average.decayAt(6)).isCloseTo(0.05, Offset.offset(1e-15));
    assertThat(average.decayAt(1000)).isCloseTo(0.1, Offset.offset(1e-15));
  }

  @Test
  void aResumedRunFollowsTheSameSchedules() {
    Adam adam = new Adam(FALLING, 0.5, Schedule.parse("cosine:0.9:0.99:7"), 1e-8);
    Recipe recipe =
        Recipe.of(new Objective.Relativistic())
            .withOptimizers(adam, adam)
            .withPenalties(
                new GradientPenalty(
                    GradientPenalty.Points.REAL, Schedule.parse("cosine:2:0.2:6"), 0, false))
            .withGeneratorAverage(Schedule.parse("warm-up:5:0.5"));
    List<StepReport> expected = new ArrayList<>();
    TrainingState saved = null;
    try (Trainer trainer = new Trainer(linear(recipe), DATA, 3, 5)) {
      for (int step = 0; step < 8; step++) {
        expected.add(trainer.step());
        if (step == 2) {
          saved = TinyGan.copy(trainer.state());
        }
      }
    }
    try (Trainer trainer = new Trainer(linear(recipe), DATA, 3, 5)) {
      trainer.restore(saved);
      List<StepReport> found = new ArrayList<>();
      trainer.train(5, (report, t) -> found.add(report));
      assertThat(found).isEqualTo(expected.subList(3, 8));
    }
  }

  @Test
  void aTrainerRefusesSharesOfARunThatItDoesNotKnow() {
    Adam adam = new Adam(Schedule.cosine(1e-3, 0), 0.5, Schedule.constant(0.999), 1e-8);
    Recipe recipe = Recipe.of(new Objective.NonSaturating()).withOptimizers(adam, adam);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(linear(recipe), DATA, 3, 5))
        .withMessageContainingAll("share of the run", "recipe().over(steps)");
    new Trainer(linear(recipe.over(100)), DATA, 3, 5).close();
  }

  /** The norm of a linear generator's gradient under the Wasserstein loss is known. */
  @Test
  void aStepReportsGradientNormsAndRates() {
    Recipe recipe =
        Recipe.of(new Objective.Wasserstein())
            .withOptimizers(new Sgd(FALLING, 0), new Sgd(1e-12, 0));
    try (Trainer trainer = new Trainer(linear(recipe), DATA, 1, 5)) {
      double squares = 0;
      for (double w :
          TinyGan.values(trainer.state().arrays()).get("discriminator/0_dense/weight")) {
        squares += w * w;
      }
      // The loss -w(Az + b) of one latent has the gradient -w by b and -w z' by A.
      FloatBuffer z = FloatBuffer.allocate(2);
      Latent.normal(2).fill(RandomStream.of(5, "generator_step/latent", 0), z);
      double length = 1 + z.get(0) * z.get(0) + z.get(1) * z.get(1);
      StepReport report = trainer.step();
      assertThat(report.get(StepReport.GENERATOR_GRADIENT_NORM))
          .isCloseTo(Math.sqrt(squares * length), Offset.offset(1e-5));
      assertThat(report.get(StepReport.GENERATOR_LEARNING_RATE)).isEqualTo(0.01);
      assertThat(trainer.step().get(StepReport.GENERATOR_LEARNING_RATE)).isEqualTo(0.008);
    }
  }
}
