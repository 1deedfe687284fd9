package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;

/**
 * What a gradient penalty adds to the loss, against its formula in plain Java: the generated
 * examples, the points between and around, and the gradient of a critic with one hidden layer.
 */
class PenaltyFormulaTest {
  private static final int BATCH = 12;
  private static final int VALUES = 3;
  private static final int CLASSES = 2;
  private static final int HIDDEN = 5;
  private static final double TARGET = 1.5;
  private static final double UNDER_THE_ROOT = 1e-12;
  // A few dozen operations on values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-10);

  record Case(GradientPenalty penalty, boolean conditional) {
    Gan gan() {
      Latent latent =
          new Latent(List.of(new Latent.Noise(2, Distribution.Normal.STANDARD)))
              .with(
                  conditional
                      ? new Latent.Label(CLASSES)
                      : new Latent.Noise(CLASSES, Distribution.Normal.STANDARD));
      Network generator =
          Network.of(Shape.of(2 + CLASSES), new Dense(VALUES), new Activation.Tanh());
      Network critic =
          Network.of(
              Shape.of(conditional ? VALUES + CLASSES : VALUES),
              new Dense(HIDDEN),
              new Activation.Tanh(),
              new Dense(1));
      return penalised(Gan.of(latent, generator, critic), penalty);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Points points : Points.values()) {
      for (boolean conditional : new boolean[] {false, true}) {
        cases.add(new Case(new GradientPenalty(points, 10, 0, false), conditional));
        cases.add(new Case(new GradientPenalty(points, 7, TARGET, false), conditional));
        cases.add(new Case(new GradientPenalty(points, 7, TARGET, true), conditional));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theLossGrowsByTheFormula(Case c) {
    StepGraph with = StepGraph.emitDiscriminatorStep(c.gan(), BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    long seed = 5;
    for (String name : with.graph().inputs()) {
      long[] shape = with.graph().getVariable(name).placeholderShape();
      // Wide enough that the critic is far from linear.
      inputs.put(name, Draws.array(seed++, DataType.DOUBLE, -2, 2, shape));
    }
    if (c.conditional() && c.penalty().points() == Points.BETWEEN) {
      // The generator is given the batch's labels then; without the penalty it takes its own.
      for (int b = 0; b < BATCH; b++) {
        for (int k = 0; k < CLASSES; k++) {
          double label = inputs.get("labels").getDouble(b, k);
          inputs.get("discriminator_step/latent").putScalar(b, 2 + k, label);
        }
      }
    }
    double[] norms = norms(c, inputs);
    // So that one side and both sides differ.
    assertThat(Arrays.stream(norms).boxed())
        .anyMatch(norm -> norm < TARGET)
        .anyMatch(norm -> norm > TARGET);

    double expected = 0;
    for (double norm : norms) {
      double excess = norm - c.penalty().target();
      if (excess > 0 || !c.penalty().oneSided()) {
        expected += c.penalty().weight().at(0) * excess * excess / BATCH;
      }
    }
    assertThat(added(c.gan(), inputs)).isCloseTo(expected, ROUNDING);
  }

  /** The gradient of a linear critic is its weight everywhere. */
  @Test
  void aGradientBelowTheTargetIsFreeOnOneSideOnly() {
    assertThat(ofLinearCritic(GradientPenalty.wganLp(), 0.5)).isCloseTo(0, ROUNDING);
    assertThat(ofLinearCritic(GradientPenalty.wganLp(), 2)).isCloseTo(10, ROUNDING);
    assertThat(ofLinearCritic(GradientPenalty.wganGp(), 0.5)).isCloseTo(2.5, ROUNDING);
    assertThat(ofLinearCritic(GradientPenalty.wganGp(), 2)).isCloseTo(10, ROUNDING);
  }

  @Test
  void aGradientWithoutATargetCostsHalfOfGammaTimesItsSquare() {
    assertThat(ofLinearCritic(GradientPenalty.r1(10), 2)).isCloseTo(20, ROUNDING);
    assertThat(ofLinearCritic(GradientPenalty.r2(3), 2)).isCloseTo(6, ROUNDING);
  }

  private static double ofLinearCritic(GradientPenalty penalty, double norm) {
    Network generator = Network.of(Shape.of(2), new Dense(2));
    Network critic = Network.of(Shape.of(2), new Dense(1));
    Gan gan = penalised(Gan.of(Latent.normal(2), generator, critic), penalty);
    StepGraph step = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      inputs.put(name, Draws.array(1, step.graph().getVariable(name).placeholderShape()));
    }
    double[] weight = {0.6 * norm, -0.8 * norm};
    inputs.put("discriminator/0_dense/weight", Draws.array(DataType.DOUBLE, weight, 2, 1));
    return added(gan, inputs);
  }

  private static Gan penalised(Gan gan, GradientPenalty penalty) {
    return gan.withRecipe(Recipe.of(new Objective.Wasserstein()).withPenalties(penalty));
  }

  /** The loss with the penalties minus that without. */
  private static double added(Gan gan, Map<String, INDArray> inputs) {
    return loss(gan, inputs) - loss(gan.withRecipe(gan.recipe().withPenalties()), inputs);
  }

  private static double loss(Gan gan, Map<String, INDArray> inputs) {
    StepGraph step = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    Map<String, INDArray> own = new LinkedHashMap<>(inputs);
    own.keySet().retainAll(step.graph().inputs());
    String loss = step.numbers().get(step.loss());
    return BothExecutors.evaluate(step.graph(), own, List.of(loss)).get(loss).getDouble(0);
  }

  /** The norm of the critic's gradient for every example of the batch. */
  private static double[] norms(Case c, Map<String, INDArray> inputs) {
    double[][] latents = inputs.get("discriminator_step/latent").toDoubleMatrix();
    double[][] points = points(c.penalty().points(), latents, inputs);
    double[] norms = new double[BATCH];
    for (int b = 0; b < BATCH; b++) {
      double[] labels = {};
      if (c.conditional()) {
        labels =
            c.penalty().points() == Points.FAKE
                ? new double[] {latents[b][2], latents[b][3]}
                : inputs.get("labels").getRow(b).toDoubleVector();
      }
      norms[b] = norm(points[b], labels, inputs);
    }
    return norms;
  }

  private static double[][] points(Points where, double[][] latents, Map<String, INDArray> inputs) {
    double[][] real = inputs.get("real").toDoubleMatrix();
    double mean = 0;
    for (double[] example : real) {
      for (double value : example) {
        mean += value / (BATCH * VALUES);
      }
    }
    double variance = 0;
    for (double[] example : real) {
      for (double value : example) {
        variance += (value - mean) * (value - mean) / (BATCH * VALUES);
      }
    }
    double[][] points = new double[BATCH][VALUES];
    for (int b = 0; b < BATCH; b++) {
      double[] fake = affine("generator/0_dense", latents[b], inputs);
      for (int i = 0; i < VALUES; i++) {
        double generated = Math.tanh(fake[i]);
        points[b][i] =
            switch (where) {
              case REAL -> real[b][i];
              case FAKE -> generated;
              case BETWEEN -> real[b][i] + random("part", b, 0, inputs) * (generated - real[b][i]);
              case AROUND_REAL ->
                  real[b][i]
                      + random("part", b, 0, inputs)
                          * (Math.sqrt(variance) / 2)
                          * random("perturbation", b, i, inputs);
            };
      }
    }
    return points;
  }

  private static double random(String name, int b, int i, Map<String, INDArray> inputs) {
    return inputs.get("discriminator_step/penalty_0/" + name).getDouble(b, i);
  }

  /** Of v tanh(W' (x, labels) + b) by x alone. */
  private static double norm(double[] x, double[] labels, Map<String, INDArray> inputs) {
    double[] all = new double[x.length + labels.length];
    System.arraycopy(x, 0, all, 0, x.length);
    System.arraycopy(labels, 0, all, x.length, labels.length);
    double[] hidden = affine("discriminator/0_dense", all, inputs);
    INDArray weight = inputs.get("discriminator/0_dense/weight");
    INDArray last = inputs.get("discriminator/2_dense/weight");
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double slope = 0;
      for (int k = 0; k < HIDDEN; k++) {
        double tanh = Math.tanh(hidden[k]);
        slope += last.getDouble(k, 0) * (1 - tanh * tanh) * weight.getDouble(i, k);
      }
      squares += slope * slope;
    }
    // Shows where a critic is saturated and its gradient small.
    return Math.sqrt(squares + UNDER_THE_ROOT);
  }

  private static double[] affine(String layer, double[] x, Map<String, INDArray> inputs) {
    INDArray weight = inputs.get(layer + "/weight");
    double[] y = inputs.get(layer + "/bias").toDoubleVector();
    for (int k = 0; k < y.length; k++) {
      for (int i = 0; i < x.length; i++) {
        y[k] += x[i] * weight.getDouble(i, k);
      }
    }
    return y;
  }
}
