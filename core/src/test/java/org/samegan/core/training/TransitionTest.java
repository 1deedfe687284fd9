package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.gradient.Slopes;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;

/** Labels that come in as training goes on (arXiv:2201.06578). */
class TransitionTest {
  private static final int BATCH = 4;

  private static Gan with(Gan gan, String transition) {
    LittleData littleData = LittleData.NONE.withTransition(Schedule.parse(transition));
    return gan.withRecipe(gan.recipe().withLittleData(littleData));
  }

  /** The discriminator gives |x - t y| and the generator t y + c, see {@link ConditionalGan}. */
  @Test
  void aConditionalGanIsGivenAsMuchOfTheLabelsAsCounts() {
    Gan gan = with(ConditionalGan.gan(new Objective.Wasserstein()), "after:2:linear:0:1:4");
    ConditionalGan.Numbers numbers = new ConditionalGan.Numbers(List.of(1, 2, 0, 1), 3);
    double[] parts = {0, 0, 0, 0.25, 0.5, 0.75, 1, 1};
    try (Trainer trainer = new Trainer(gan, numbers, BATCH, 3)) {
      trainer.restore(ConditionalGan.state(0.5f));
      for (double part : parts) {
        StepReport report = trainer.step();

        // The mean of |y - t y| over the labels 0, 1, 1 and 2.
        assertThat(report.get(StepReport.REAL_SCORE)).isCloseTo(1 - part, offset(1e-6));
        assertThat(report.get(StepReport.FAKE_SCORE)).isCloseTo(0.5, offset(1e-6));
        assertThat(report.get(StepReport.GENERATOR_LOSS)).isCloseTo(-0.5, offset(1e-6));
      }
    }
  }

  private static Gan readingLabels() {
    Latent.Label label = new Latent.Label(3);
    Latent latent =
        new Latent(List.of(new Latent.Noise(2, Distribution.Normal.STANDARD))).with(label);
    Network generator = Network.of(Shape.of(5), new Dense(4), new Activation.Tanh());
    Network discriminator =
        Network.of(Shape.of(4), new Dense(5), new Activation.Tanh(), new Dense(1));
    return new Gan(
        "custom",
        latent,
        generator,
        discriminator,
        new Recognition(2, Network.of(Shape.of(5), new Dense(3)), 1, 1),
        Recipe.of(new Objective.NonSaturating()),
        null);
  }

  @Test
  void lossesOfReadingLabelsCountAsMuch() {
    Gan gan = readingLabels();
    Gan late = with(gan, "linear:0:1:10");
    String number = StepReport.DISCRIMINATOR_RECOGNITION_LOSS;
    StepGraph plain = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    StepGraph step = StepGraph.emitDiscriminatorStep(late, BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(step);
    String part = "discriminator_step/transition";
    assertThat(step.schedules()).containsKey(part);

    inputs.get(part).assign(0);
    assertThat(value(step, inputs, number)).isZero();
    inputs.get(part).assign(1);
    assertThat(value(step, inputs, number))
        .isCloseTo(value(plain, inputs, number), offset(1e-12))
        .isPositive();
    assertThat(value(step, inputs, step.loss()))
        .isCloseTo(value(plain, inputs, plain.loss()), offset(1e-12));
  }

  @Test
  void gradientsInBetweenAreThoseOfCentralDifferences() {
    Gan late = with(readingLabels(), "linear:0:1:10");
    for (StepGraph step :
        List.of(
            StepGraph.emitDiscriminatorStep(late, BATCH, DataType.DOUBLE),
            StepGraph.emitGeneratorStep(late, BATCH, DataType.DOUBLE))) {
      Map<String, INDArray> inputs = inputs(step);
      SDVariable loss = step.graph().getVariable(step.numbers().get(step.loss()));
      Slopes expected = Slopes.of(loss, inputs, step.gradients().keySet(), 1e-6);
      Map<String, INDArray> found =
          BothExecutors.evaluate(step.graph(), inputs, List.copyOf(step.gradients().values()));
      step.gradients()
          .forEach(
              (path, gradient) -> expected.requireGradient(path, path, found.get(gradient), 1e-6));
    }
  }

  @Test
  void aRestoredRunIsTheUninterruptedOneToTheBit() {
    Gan gan = with(ConditionalGan.gan(new Objective.NonSaturating()), "after:1:linear:0:1:4");
    ConditionalGan.Numbers numbers = new ConditionalGan.Numbers(List.of(1, 2, 0, 1, 2), 3);
    List<StepReport> reports = new ArrayList<>();
    TrainingState saved;
    try (Trainer trainer = new Trainer(gan, numbers, BATCH, 3)) {
      trainer.train(3, (report, t) -> {});
      saved = TinyGan.copy(trainer.state());
      trainer.train(3, (report, t) -> reports.add(report));
    }
    try (Trainer trainer = new Trainer(gan, numbers, BATCH, 3)) {
      trainer.restore(saved);
      List<StepReport> again = new ArrayList<>();
      trainer.train(3, (report, t) -> again.add(report));
      assertThat(again).isEqualTo(reports);
    }
  }

  @Test
  void aModelWithoutLabelsHasNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(TinyGan.gan(), "linear:0:1:10"))
        .withMessageContaining("a transition brings labels in, but the model has none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(readingLabels(), "linear:0:2:10"))
        .withMessageContaining("must be in [0, 1]");
    with(TinyGan.gan(), "1");
  }

  private static double value(StepGraph step, Map<String, INDArray> inputs, String number) {
    Map<String, INDArray> own = new LinkedHashMap<>(inputs);
    own.keySet().retainAll(step.graph().inputs());
    String variable = step.numbers().get(number);
    return BothExecutors.values(
        BothExecutors.plan(step.graph(), own, List.of(variable)).get(variable))[0];
  }

  private static Map<String, INDArray> inputs(StepGraph step) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    long seed = 5;
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      inputs.put(name, Draws.array(seed++, DataType.DOUBLE, 0.1, 0.9, shape));
    }
    return inputs;
  }
}
