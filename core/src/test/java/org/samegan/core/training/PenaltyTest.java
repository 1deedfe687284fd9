package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gradient.Slopes;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.Upsample;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;

/** The gradient penalties: second derivatives through whole critics. */
class PenaltyTest {
  private static final int BATCH = 3;
  private static final Shape IMAGE = Shape.of(6, 6, 2);

  record Case(String name, List<Layer> critic, GradientPenalty penalty) {
    @Override
    public String toString() {
      return name + " " + penalty.points() + (penalty.oneSided() ? " one-sided" : "");
    }

    Gan gan() {
      Network generator =
          Network.of(Shape.of(3), new Dense(72), new Activation.Tanh(), new Reshape(IMAGE));
      Gan gan = Gan.of(Latent.normal(3), generator, new Network(IMAGE, critic));
      return gan.withRecipe(Recipe.of(new Objective.Wasserstein()).withPenalties(penalty));
    }
  }

  static Stream<Case> cases() {
    Map<String, List<Layer>> critics = new LinkedHashMap<>();
    critics.put(
        "mlp",
        List.of(
            Reshape.to(72),
            new Dense(5),
            new Activation.Tanh(),
            new Dense(4),
            new Activation.Sigmoid(),
            new Dense(1)));
    critics.put(
        "leaky convolutions",
        List.of(
            new Conv2d(3, 4, 2, Padding.of(1)),
            new Activation.LeakyRelu(0.2),
            new Conv2d(4, 3, 1, Padding.of(1)),
            new Activation.LeakyRelu(0.2),
            Reshape.to(36),
            new Dense(1)));
    critics.put(
        "same-padded convolutions with tanh",
        List.of(
            new Conv2d(3, 5, 2, Padding.SAME),
            new Activation.Tanh(),
            new Conv2d(3, 5, 2, Padding.SAME),
            new Activation.Tanh(),
            Reshape.to(12),
            new Dense(1)));
    critics.put(
        "residual with layer normalisation",
        List.of(
            new Conv2d(3, 3, 1, Padding.of(1)),
            new Residual(
                List.of(
                    new LayerNorm(),
                    new Activation.Tanh(),
                    new Conv2d(3, 3, 1, Padding.of(1)).withoutBias(),
                    new LayerNorm(),
                    new Activation.Tanh(),
                    new Conv2d(4, 3, 1, Padding.of(1)),
                    new AveragePool(2)),
                List.of(new AveragePool(2), new Conv2d(4, 1, 1, Padding.of(0)))),
            new Upsample(2),
            Reshape.to(144),
            new Dense(1)));
    List<Case> cases = new ArrayList<>();
    critics.forEach(
        (name, critic) -> {
          for (Points points : Points.values()) {
            double target = points == Points.BETWEEN || points == Points.AROUND_REAL ? 1 : 0;
            cases.add(new Case(name, critic, new GradientPenalty(points, 10, target, false)));
          }
          cases.add(new Case(name, critic, new GradientPenalty(Points.BETWEEN, 10, 0.1, true)));
        });
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parameterGradientsAreThoseOfCentralDifferences(Case c) {
    StepGraph step = StepGraph.emitDiscriminatorStep(c.gan(), BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(step, DataType.DOUBLE);
    SDVariable loss = step.graph().getVariable(step.numbers().get(step.loss()));

    Slopes expected = Slopes.of(loss, inputs, step.gradients().keySet(), 1e-6);
    // Not by the session: its leaky ReLU has a slope of float precision even in double.
    Map<String, INDArray> found =
        BothExecutors.plan(step.graph(), inputs, List.copyOf(step.gradients().values()));

    step.gradients()
        .forEach(
            (path, gradient) ->
                // Central differences with this step are good to about 1e-9 of the loss.
                expected.requireGradient(path, path, found.get(gradient), 1e-6));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatsGiveTheGradientsOfDoubles(Case c) {
    StepGraph exact = StepGraph.emitDiscriminatorStep(c.gan(), BATCH, DataType.DOUBLE);
    StepGraph rounded = StepGraph.emitDiscriminatorStep(c.gan(), BATCH, DataType.FLOAT);
    List<String> paths = List.copyOf(exact.gradients().keySet());
    Map<String, INDArray> expected =
        BothExecutors.plan(
            exact.graph(), inputs(exact, DataType.DOUBLE), List.copyOf(exact.gradients().values()));
    Map<String, INDArray> found =
        BothExecutors.plan(
            rounded.graph(),
            inputs(rounded, DataType.FLOAT),
            List.copyOf(rounded.gradients().values()));
    for (String path : paths) {
      BothExecutors.assertClose(
          path,
          found.get(rounded.gradients().get(path)).castTo(DataType.DOUBLE),
          expected.get(exact.gradients().get(path)),
          1e-3);
    }
  }

  @Test
  void aLinearCriticsPenaltyIsThatOfItsWeightsNorm() {
    Gan gan =
        new Case("linear", List.of(Reshape.to(72), new Dense(1)), GradientPenalty.wganGp()).gan();
    StepGraph with = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    StepGraph without =
        StepGraph.emitDiscriminatorStep(
            gan.withRecipe(gan.recipe().withPenalties()), BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(with, DataType.DOUBLE);
    double[] weight = BothExecutors.values(inputs.get("discriminator/1_dense/weight"));
    double squares = 0;
    for (double w : weight) {
      squares += w * w;
    }
    double norm = Math.sqrt(squares);

    assertThat(value(with, inputs, with.numbers().get(with.loss()))[0])
        .isCloseTo(
            value(without, inputs, without.numbers().get(without.loss()))[0]
                + 10 * (norm - 1) * (norm - 1),
            Offset.offset(1e-10));
    double[] gradient = value(with, inputs, with.gradients().get("discriminator/1_dense/weight"));
    double[] plain =
        value(without, inputs, without.gradients().get("discriminator/1_dense/weight"));
    for (int i = 0; i < weight.length; i++) {
      assertThat(gradient[i] - plain[i])
          .isCloseTo(20 * (norm - 1) * weight[i] / norm, Offset.offset(1e-10));
    }
  }

  @Test
  void aVanishingGradientIsNoNan() {
    Gan gan =
        new Case("linear", List.of(Reshape.to(72), new Dense(1)), GradientPenalty.wganGp()).gan();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      StepGraph step = StepGraph.emitDiscriminatorStep(gan, BATCH, type);
      Map<String, INDArray> inputs = inputs(step, type);
      inputs.get("discriminator/1_dense/weight").assign(0);
      assertThat(value(step, inputs, step.numbers().get(step.loss()))[0])
          .as("weight times (0 - 1)², the critic being 0 everywhere")
          .isCloseTo(10, Offset.offset(1e-4));
      assertThat(value(step, inputs, step.gradients().get("discriminator/1_dense/weight")))
          .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void everyExampleHasAPartOfItsOwn() {
    Gan gan = cases().findFirst().orElseThrow().gan();
    StepGraph wgan =
        StepGraph.emitDiscriminatorStep(
            gan.withRecipe(gan.recipe().withPenalties(GradientPenalty.wganGp())),
            BATCH,
            DataType.DOUBLE);
    assertThat(wgan.noises())
        .filteredOn(noise -> noise.name().endsWith("/part"))
        .singleElement()
        .satisfies(noise -> assertThat(noise.shape()).isEqualTo(Shape.of(1, 1, 1)));
  }

  @Test
  void aPenalisedCriticMayNotNormaliseItsBatch() {
    assertThatThrownBy(
            () ->
                new Case(
                        "bn",
                        List.of(new BatchNorm(), Reshape.to(72), new Dense(1)),
                        GradientPenalty.wganGp())
                    .gan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 0 of the critic has batch normalisation")
        .hasMessageContaining("use layer normalisation or none");
  }

  @Test
  void refusesWeightsThatAreNotPositive() {
    assertThatThrownBy(() -> new GradientPenalty(Points.REAL, 0, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight above 0");
  }

  private static double[] value(StepGraph step, Map<String, INDArray> inputs, String variable) {
    Map<String, INDArray> own = new LinkedHashMap<>(inputs);
    own.keySet().retainAll(step.graph().inputs());
    return BothExecutors.values(
        BothExecutors.plan(step.graph(), own, List.of(variable)).get(variable));
  }

  private static Map<String, INDArray> inputs(StepGraph step, DataType type) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    long seed = 5;
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      double low = name.endsWith("/part") ? 0 : -0.8;
      inputs.put(name, Draws.array(seed++, type, low, 0.9, shape));
    }
    return inputs;
  }
}
