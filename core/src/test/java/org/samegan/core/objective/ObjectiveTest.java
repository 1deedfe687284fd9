package org.samegan.core.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.gradient.Gradients;

/** The losses in terms of logits, against the article's formulas in terms of probabilities. */
class ObjectiveTest {
  private static final double[] REAL = {-3, -0.5, 0, 1, 4};
  private static final double[] FAKE = {2, 0.25, 0, -1.5, -5};
  // A few operations on values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-14);

  private final SameDiff graph = SameDiff.create();
  private final SDVariable real = graph.placeHolder("real", DataType.DOUBLE, 5, 1);
  private final SDVariable fake = graph.placeHolder("fake", DataType.DOUBLE, 5, 1);

  /** Probabilities at logits. */
  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  void bothDiscriminatorsMinimiseTheCrossEntropy() {
    double expected = 0;
    for (int i = 0; i < 5; i++) {
      expected -= (Math.log(sigmoid(REAL[i])) + Math.log(1 - sigmoid(FAKE[i]))) / 5;
    }

    for (Objective objective : List.of(new Objective.NonSaturating(), new Objective.Saturating())) {
      SDVariable loss = objective.emitDiscriminatorLoss(real, fake);
      assertThat(evaluate(loss, REAL, FAKE)[0]).isCloseTo(expected, ROUNDING);
    }
  }

  @Test
  void discriminatorsGradientsAreTheErrorsOfTheProbabilities() {
    SDVariable loss = new Objective.NonSaturating().emitDiscriminatorLoss(real, fake);
    List<SDVariable> gradients = Gradients.of(loss, List.of(real, fake));

    double[] atReal = evaluate(gradients.get(0), REAL, FAKE);
    double[] atFake = evaluate(gradients.get(1), REAL, FAKE);

    for (int i = 0; i < 5; i++) {
      assertThat(atReal[i]).isCloseTo((sigmoid(REAL[i]) - 1) / 5, ROUNDING);
      assertThat(atFake[i]).isCloseTo(sigmoid(FAKE[i]) / 5, ROUNDING);
    }
  }

  @Test
  void nonSaturatingGeneratorMaximisesLogD() {
    SDVariable loss = new Objective.NonSaturating().emitGeneratorLoss(null, fake);
    SDVariable gradient = Gradients.of(loss, List.of(fake)).get(0);
    double expected = 0;
    for (double logit : FAKE) {
      expected -= Math.log(sigmoid(logit)) / 5;
    }

    assertThat(evaluate(loss, REAL, FAKE)[0]).isCloseTo(expected, ROUNDING);
    double[] found = evaluate(gradient, REAL, FAKE);
    for (int i = 0; i < 5; i++) {
      assertThat(found[i]).isCloseTo(-(1 - sigmoid(FAKE[i])) / 5, ROUNDING);
    }
  }

  @Test
  void saturatingGeneratorMinimisesLogOneMinusD() {
    SDVariable loss = new Objective.Saturating().emitGeneratorLoss(null, fake);
    SDVariable gradient = Gradients.of(loss, List.of(fake)).get(0);
    double expected = 0;
    for (double logit : FAKE) {
      expected += Math.log(1 - sigmoid(logit)) / 5;
    }

    assertThat(evaluate(loss, REAL, FAKE)[0]).isCloseTo(expected, ROUNDING);
    double[] found = evaluate(gradient, REAL, FAKE);
    for (int i = 0; i < 5; i++) {
      assertThat(found[i]).isCloseTo(-sigmoid(FAKE[i]) / 5, ROUNDING);
    }
  }

  @Test
  void otherObjectivesAreTheirPapersFormulas() {
    double leastSquares = 0;
    double leastSquaresGenerator = 0;
    double hinge = 0;
    double critic = 0;
    double relativistic = 0;
    double relativisticGenerator = 0;
    for (int i = 0; i < 5; i++) {
      leastSquares += (Math.pow(REAL[i] - 1, 2) + Math.pow(FAKE[i], 2)) / 10;
      leastSquaresGenerator += Math.pow(FAKE[i] - 1, 2) / 10;
      hinge += (Math.max(0, 1 - REAL[i]) + Math.max(0, 1 + FAKE[i])) / 5;
      critic += (FAKE[i] - REAL[i]) / 5;
      relativistic -= Math.log(sigmoid(REAL[i] - FAKE[i])) / 5;
      relativisticGenerator -= Math.log(sigmoid(FAKE[i] - REAL[i])) / 5;
    }
    double meanFake = (2 + 0.25 - 1.5 - 5) / 5;

    assertLosses(new Objective.LeastSquares(), leastSquares, leastSquaresGenerator);
    assertLosses(new Objective.Hinge(), hinge, -meanFake);
    assertLosses(new Objective.Wasserstein(), critic, -meanFake);
    assertLosses(new Objective.Relativistic(), relativistic, relativisticGenerator);
  }

  private void assertLosses(Objective objective, double discriminator, double generator) {
    assertThat(evaluate(objective.emitDiscriminatorLoss(real, fake), REAL, FAKE)[0])
        .as("discriminator of %s", objective)
        .isCloseTo(discriminator, ROUNDING);
    assertThat(evaluate(objective.emitGeneratorLoss(real, fake), REAL, FAKE)[0])
        .as("generator of %s", objective)
        .isCloseTo(generator, ROUNDING);
  }

  /** The article's reason for the non-saturating loss (end of section 3). */
  @Test
  void againstASureDiscriminatorOnlyTheNonSaturatingLossPullsTheGenerator() {
    double[] sure = {-20, -20, -20, -20, -20};
    SDVariable non = new Objective.NonSaturating().emitGeneratorLoss(null, fake);
    SDVariable saturating = new Objective.Saturating().emitGeneratorLoss(null, fake);

    double[] strong = evaluate(Gradients.of(non, List.of(fake)).get(0), REAL, sure);
    double[] weak = evaluate(Gradients.of(saturating, List.of(fake)).get(0), REAL, sure);

    assertThat(strong[0]).isCloseTo(-0.2, Offset.offset(1e-8));
    assertThat(Math.abs(weak[0])).isLessThan(1e-9);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void extremeLogitsGiveExactLossesAndSlopes(DataType type) {
    SDVariable logits = graph.placeHolder("logits", type, 5);
    SDVariable loss = new Objective.NonSaturating().emitGeneratorLoss(null, logits.neg());
    SDVariable gradient = Gradients.of(loss, List.of(logits)).get(0);
    SDVariable curvature = Gradients.of(gradient.mul(5).sum(), List.of(logits)).get(0);
    INDArray at = Draws.array(type, new double[] {-1000, -100, 0, 100, 1000}, 5);

    Map<String, INDArray> found =
        BothExecutors.evaluate(
            graph, Map.of("logits", at), List.of(loss.name(), gradient.name(), curvature.name()));

    double rounding = type == DataType.FLOAT ? 1e-7 : 1e-15;
    // The mean of log(1 + exp x): 0, 0, log 2, 100, 1000.
    assertThat(found.get(loss.name()).getDouble(0))
        .isCloseTo((Math.log(2) + 1100) / 5, Offset.offset(220 * rounding));
    assertThat(BothExecutors.values(found.get(gradient.name())))
        .containsExactly(new double[] {0, 0, 0.1, 0.2, 0.2}, Offset.offset(rounding));
    assertThat(BothExecutors.values(found.get(curvature.name())))
        .containsExactly(new double[] {0, 0, 0.25, 0, 0}, Offset.offset(4 * rounding));
  }

  private double[] evaluate(SDVariable variable, double[] ofReal, double[] ofFake) {
    Map<String, INDArray> inputs =
        Map.of(
            "real", Draws.array(DataType.DOUBLE, ofReal, 5, 1),
            "fake", Draws.array(DataType.DOUBLE, ofFake, 5, 1));
    return BothExecutors.values(
        BothExecutors.evaluate(graph, inputs, List.of(variable.name())).get(variable.name()));
  }
}
