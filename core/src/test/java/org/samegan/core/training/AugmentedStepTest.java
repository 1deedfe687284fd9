package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.augmentation.TransformationDraws;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gradient.Slopes;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.RandomStream;

/** Steps whose discriminator is shown augmented images. */
class AugmentedStepTest {
  private static final int BATCH = 3;
  private static final Shape IMAGE = Shape.of(6, 6, 2);
  private static final AugmentationPolicy ALL =
      AugmentationPolicy.parse("color,translation,cutout");

  private static Gan gan(Objective objective, GradientPenalty... penalties) {
    Network generator =
        Network.of(Shape.of(3), new Dense(72), new Activation.Tanh(), new Reshape(IMAGE));
    Network critic =
        Network.of(
            IMAGE,
            new Conv2d(3, 4, 2, Padding.of(1)),
            new Activation.Tanh(),
            Reshape.to(27),
            new Dense(1));
    Recipe recipe = Recipe.of(objective).withPenalties(penalties).withAugmentation(ALL);
    return Gan.of(Latent.normal(3), generator, critic).withRecipe(recipe);
  }

  static Stream<Arguments> steps() {
    Objective wasserstein = new Objective.Wasserstein();
    List<Arguments> steps = new ArrayList<>();
    for (Points points : Points.values()) {
      GradientPenalty penalty =
          new GradientPenalty(points, 10, points == Points.BETWEEN ? 1 : 0, false);
      steps.add(
          Arguments.of(
              "penalty " + points,
              StepGraph.emitDiscriminatorStep(gan(wasserstein, penalty), BATCH, DataType.DOUBLE)));
    }
    Gan relativistic = gan(new Objective.Relativistic());
    steps.add(
        Arguments.of(
            "relativistic discriminator",
            StepGraph.emitDiscriminatorStep(relativistic, BATCH, DataType.DOUBLE)));
    steps.add(
        Arguments.of(
            "relativistic generator",
            StepGraph.emitGeneratorStep(relativistic, BATCH, DataType.DOUBLE)));
    steps.add(
        Arguments.of(
            "generator", StepGraph.emitGeneratorStep(gan(wasserstein), BATCH, DataType.DOUBLE)));
    return steps.stream();
  }

  /** Penalties are second derivatives through the transformations. */
  @ParameterizedTest
  @MethodSource("steps")
  void parameterGradientsAreThoseOfCentralDifferences(String name, StepGraph step) {
    Map<String, INDArray> inputs = inputs(step);
    SDVariable loss = step.graph().getVariable(step.numbers().get(step.loss()));

    Slopes expected = Slopes.of(loss, inputs, step.gradients().keySet(), 1e-6);
    Map<String, INDArray> found =
        BothExecutors.evaluate(step.graph(), inputs, List.copyOf(step.gradients().values()));

    step.gradients()
        .forEach(
            (path, gradient) -> expected.requireGradient(path, path, found.get(gradient), 1e-6));
  }

  /** R1 is of the gradient by images as they are: where all is cut out there is none. */
  @Test
  void penaltiesAtRealImagesAreByTheImagesBehindTheAugmentation() {
    Gan gan = gan(new Objective.Wasserstein(), GradientPenalty.r1(2));
    StepGraph step = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(step);
    String penalty = step.numbers().get(StepReport.PENALTY);
    assertThat(value(step, inputs, penalty)).isGreaterThan(1e-3);

    inputs.get("discriminator_step/real/augmentation/cutout").assign(0);

    assertThat(value(step, inputs, penalty)).isZero();
  }

  /** Between what is shown: there cut out real and generated images leave the critic's slope. */
  @Test
  void penaltiesBetweenAreInFrontOfIt() {
    Gan gan = gan(new Objective.Wasserstein(), new GradientPenalty(Points.BETWEEN, 10, 0, false));
    StepGraph step = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(step);
    String penalty = step.numbers().get(StepReport.PENALTY);

    inputs.get("discriminator_step/real/augmentation/cutout").assign(0);
    inputs.get("discriminator_step/fake/augmentation/cutout").assign(0);
    double found = value(step, inputs, penalty);
    inputs.get(StepGraph.REAL).assign(0.3);

    assertThat(found).isGreaterThan(1e-3);
    assertThat(value(step, inputs, penalty)).as("at 0 all over").isEqualTo(found);
  }

  @Test
  void realAndGeneratedImagesHaveDrawsOfTheirOwn() {
    Gan gan = gan(new Objective.Relativistic());
    List<NoiseInput> draws = new ArrayList<>();
    draws.addAll(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT).noises());
    draws.addAll(StepGraph.emitGeneratorStep(gan, BATCH, DataType.FLOAT).noises());
    draws.removeIf(noise -> !(noise.source() instanceof TransformationDraws));

    assertThat(draws).as("two passes of two steps").hasSize(4 * 5);
    Set<Long> first =
        draws.stream()
            .map(noise -> RandomStream.of(1, noise.name(), 0).nextLong())
            .collect(Collectors.toSet());
    assertThat(first).as("other streams, other numbers").hasSize(draws.size());
  }

  @Test
  void withoutAugmentationNothingIsEmitted() {
    Gan augmented = gan(new Objective.Wasserstein(), GradientPenalty.wganGp());
    Recipe recipe = Recipe.of(new Objective.Wasserstein()).withPenalties(GradientPenalty.wganGp());
    Gan none = augmented.withRecipe(augmented.recipe().withAugmentation(AugmentationPolicy.NONE));

    assertThat(none.recipe()).isEqualTo(recipe);
    StepGraph step = StepGraph.emitDiscriminatorStep(none, BATCH, DataType.FLOAT);
    assertThat(step.noises()).noneMatch(noise -> noise.name().contains("augmentation"));
    assertThat(step.graph().inputs()).noneMatch(name -> name.contains("augmentation"));
  }

  @Test
  void aRestoredRunOnShardsIsTheUninterruptedOneToTheBit() {
    Gan gan = TinyGan.withDiscriminatorSteps(2);
    Gan augmented = gan.withRecipe(gan.recipe().withAugmentation(ALL));
    Map<String, double[]> whole;
    TrainingState saved;
    try (Trainer trainer = trainer(augmented)) {
      trainer.train(2, (report, t) -> {});
      saved = TinyGan.copy(trainer.state());
      trainer.train(2, (report, t) -> {});
      whole = TinyGan.values(trainer.state().arrays());
    }
    try (Trainer trainer = trainer(augmented)) {
      trainer.restore(saved);
      trainer.train(2, (report, t) -> {});

      Map<String, double[]> again = TinyGan.values(trainer.state().arrays());
      whole.forEach((path, values) -> assertThat(again.get(path)).as(path).isEqualTo(values));
    }
    try (Trainer trainer = trainer(gan)) {
      trainer.train(4, (report, t) -> {});
      assertThat(TinyGan.values(trainer.state().arrays()).get("generator/0_dense/weight"))
          .isNotEqualTo(whole.get("generator/0_dense/weight"));
    }
  }

  @Test
  void heldOutExamplesAreAugmentedAsThoseOfAStep() {
    Network generator = Network.of(Shape.of(2), new Dense(64), Reshape.to(8, 8, 1));
    Network critic = Network.of(Shape.of(8, 8, 1), Reshape.to(64), new Dense(1));
    Recipe recipe = Recipe.of(new Objective.Wasserstein());
    Gan gan =
        Gan.of(Latent.normal(2), generator, critic)
            .withRecipe(recipe.withAugmentation(AugmentationPolicy.parse("cutout")));
    try (Trainer trainer = new Trainer(gan, RecordingData.ofImages(8), 4, 1)) {
      RecordingData heldOut = RecordingData.ofImages(4);
      double[] weight =
          TinyGan.values(trainer.state().arrays()).get("discriminator/1_dense/weight");

      double found = trainer.evaluateDiscriminator(heldOut, 1).get(StepReport.REAL_SCORE);

      assertThat(found).isEqualTo(trainer.evaluateDiscriminator(heldOut, 1).get("real-score"));
      double whole = 0;
      for (int i = 0; i < 4; i++) {
        float[] x = heldOut.example(i);
        for (int k = 0; k < 64; k++) {
          whole += x[k] * weight[k] / 4;
        }
      }
      assertThat(Math.abs(found - whole)).as("parts are cut out").isGreaterThan(1e-3);
    }
  }

  private static Trainer trainer(Gan gan) {
    return new Trainer(gan, RecordingData.ofImages(30), Sharding.of(12, 3), 7, Backend.nd4j());
  }

  private static double value(StepGraph step, Map<String, INDArray> inputs, String variable) {
    return BothExecutors.values(
        BothExecutors.plan(step.graph(), inputs, List.of(variable)).get(variable))[0];
  }

  private static Map<String, INDArray> inputs(StepGraph step) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    long seed = 5;
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      double low = name.endsWith("/part") ? 0 : -0.8;
      inputs.put(name, Draws.array(seed++, DataType.DOUBLE, low, 0.9, shape));
    }
    for (NoiseInput noise : step.noises()) {
      if (noise.source() instanceof TransformationDraws draws) {
        inputs.put(noise.name(), drawn(noise.name(), draws, noise.shape().batch(BATCH)));
      }
    }
    return inputs;
  }

  private static INDArray drawn(String name, TransformationDraws draws, long... shape) {
    FloatBuffer values = FloatBuffer.allocate(Draws.count(shape));
    draws.fill(RandomStream.of(3, name, 0), values);
    double[] doubles = new double[values.capacity()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.get(i);
    }
    return Draws.array(DataType.DOUBLE, doubles, shape);
  }
}
