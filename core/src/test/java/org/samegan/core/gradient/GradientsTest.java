package org.samegan.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;

class GradientsTest {
  private final SameDiff graph = SameDiff.create();

  @Test
  void aVariableUsedInSeveralPlacesGetsTheSum() {
    SDVariable x = placeholder("x", 3);
    // x^3 + 2x at every x: the derivative is 3x^2 + 2.
    SDVariable loss = x.mul(x).mul(x).add(x.mul(2)).sum();

    assertThat(gradient(loss, x, "x", 1, -2, 0.5)).containsExactly(5, 14, 2.75);
  }

  @Test
  void aVariableThatTheLossDoesNotDependOnGetsZeros() {
    SDVariable x = placeholder("x", 3);
    SDVariable other = placeholder("other", 2, 2);

    List<SDVariable> gradients = Gradients.of(x.sum(), List.of(other, x));

    assertThat(gradients.get(0).getArr().shape()).containsExactly(2, 2);
    assertThat(gradients.get(0).getArr().sumNumber().doubleValue()).isZero();
  }

  @Test
  void theLossItselfHasGradientOne() {
    SDVariable x = placeholder("x", 2);
    SDVariable loss = x.mul(x).sum();

    SDVariable gradient = Gradients.of(loss, List.of(loss)).get(0);

    assertThat(value(gradient, Map.of())).containsExactly(1);
  }

  @Test
  void intermediateVariablesCanBeDifferentiatedBy() {
    SDVariable x = placeholder("x", 2);
    SDVariable y = x.mul(3);
    SDVariable loss = y.mul(y).sum();

    assertThat(gradient(loss, y, "x", 1, 2)).containsExactly(6, 12);
  }

  @Test
  void aMeansGradientIsSpreadToTheVariablesShape() {
    SDVariable x = placeholder("x", 2, 2);

    SDVariable gradient = Gradients.of(x.mean(), List.of(x)).get(0);
    INDArray result = evaluate(gradient, Map.of("x", Draws.array(1, 2, 2)));

    assertThat(result.shape()).containsExactly(2, 2);
    assertThat(BothExecutors.values(result)).containsOnly(0.25);
  }

  @Test
  void equalMaximaShareTheGradient() {
    SDVariable x = placeholder("x", 2, 3);
    SDVariable loss = x.max(false, 1).mul(6).sum();

    assertThat(gradient(loss, x, "x", 1, 5, 5, 7, 7, 7)).containsExactly(0, 3, 3, 2, 2, 2);
  }

  @Test
  void reluHasNoSlopeAtItsKink() {
    SDVariable x = placeholder("x", 3);

    assertThat(gradient(graph.nn().relu(x, 0).sum(), x, "x", -1, 0, 1)).containsExactly(0, 0, 1);
  }

  @Test
  void absoluteValueHasNoSlopeAtItsKink() {
    SDVariable x = placeholder("x", 3);

    assertThat(gradient(graph.math().abs(x).sum(), x, "x", -2, 0, 2)).containsExactly(-1, 0, 1);
  }

  @Test
  void whatIsStoppedIsAConstant() {
    SDVariable x = placeholder("x", 3);
    SDVariable square = x.mul(x);
    SDVariable stopped = new StopGradient(graph, square).outputVariable();

    // With c = x^2 held, (c x)' = c; of the stopped variable alone nothing is left.
    assertThat(gradient(stopped.mul(x).sum(), x, "x", 1, -2, 3)).containsExactly(1, 4, 9);
    assertThat(gradient(stopped.sum(), x, "x", 1, -2, 3)).containsOnly(0);
  }

  @Test
  void thirdDerivativesCanBeHad() {
    SDVariable x = placeholder("x", 2);
    SDVariable derivative = x.mul(x).mul(x).mul(x).sum();
    for (int order = 1; order <= 3; order++) {
      derivative = Gradients.of(derivative, List.of(x)).get(0).sum();
    }

    // (x^4)''' = 24 x, summed over 1 and 2.
    INDArray at = Draws.array(DataType.DOUBLE, new double[] {1, 2}, 2);
    assertThat(value(derivative, Map.of("x", at))).containsExactly(72);
  }

  @Test
  void openPlaceholderShapesCanBeGiven() {
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable loss = x.mul(x).mean();

    SDVariable gradient = Gradients.of(loss, List.of(x), Map.of("x", new long[] {4, 2})).get(0);

    INDArray at = Draws.array(5, 4, 2);
    assertThat(BothExecutors.values(evaluate(gradient, Map.of("x", at))))
        .containsExactly(BothExecutors.values(at.mul(2.0 / 8)));
  }

  @Test
  void refusesALossThatIsNoScalar() {
    SDVariable x = placeholder("x", 3);
    SDVariable y = x.mul(2).rename("y");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(y, List.of(x)))
        .withMessageContainingAll("scalar", "'y'", "[3]", "mean");
  }

  @Test
  void refusesAnOpWithoutARuleNamingThoseThatHaveOne() {
    SDVariable x = placeholder("x", 3);
    SDVariable loss = graph.math().sin(x).sum();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(loss, List.of(x)))
        .withMessageContainingAll("'sin'", "no gradient rule", "conv2d, ", "tanh");
  }

  @Test
  void anOpWithoutARuleIsNoHindranceBesideThePath() {
    SDVariable x = placeholder("x", 2);
    SDVariable factor = graph.math().sin(placeholder("y", 2));
    SDVariable gradient = Gradients.of(x.mul(factor).sum(), List.of(x)).get(0);

    INDArray zeros = Draws.array(DataType.DOUBLE, new double[] {0, Math.PI / 2}, 2);
    Map<String, INDArray> inputs = Map.of("x", Draws.array(1, 2), "y", zeros);
    assertThat(value(gradient, inputs)).containsExactly(0, 1);
  }

  @Test
  void refusesAPlaceholderWithoutAStaticShape() {
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(x.mean(), List.of(x)))
        .withMessageContainingAll("'x'", "[-1, 2]", "shape");
  }

  @Test
  void refusesADilatedConvolution() {
    SDVariable x = placeholder("x", 1, 5, 5, 1);
    SDVariable w = placeholder("w", 2, 2, 1, 1);
    Conv2DConfig dilated =
        Conv2DConfig.builder().kH(2).kW(2).dH(2).dW(2).dataFormat(Conv2DConfig.NHWC).build();
    SDVariable loss = graph.cnn().conv2d(x, w, dilated).sum();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(loss, List.of(x)))
        .withMessageContainingAll("conv2d", "no dilation");
  }

  @Test
  void refusesASliceWithSteps() {
    SDVariable x = placeholder("x", 6);
    SDVariable loss = graph.stridedSlice(x, new long[] {0}, new long[] {6}, 2).sum();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(loss, List.of(x)))
        .withMessageContaining("step 1");
  }

  @Test
  void refusesAProductOfStacksOfBatchesOfMatrices() {
    SDVariable x = placeholder("x", 1, 2, 3, 4);
    SDVariable y = placeholder("y", 1, 2, 4, 3);
    SDVariable loss = x.mmul(y).sum();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(loss, List.of(x)))
        .withMessageContainingAll("matrices", "[1, 2, 3, 3]");
  }

  private SDVariable placeholder(String name, long... shape) {
    return graph.placeHolder(name, DataType.DOUBLE, shape);
  }

  /** The gradient by a variable, where the placeholder of this name holds these values. */
  private double[] gradient(SDVariable loss, SDVariable by, String name, double... values) {
    long[] shape = graph.getVariable(name).placeholderShape();
    SDVariable gradient = Gradients.of(loss, List.of(by)).get(0);
    return value(gradient, Map.of(name, Draws.array(DataType.DOUBLE, values, shape)));
  }

  private double[] value(SDVariable variable, Map<String, INDArray> inputs) {
    return BothExecutors.values(evaluate(variable, inputs));
  }

  private INDArray evaluate(SDVariable variable, Map<String, INDArray> inputs) {
    return BothExecutors.evaluate(graph, inputs, List.of(variable.name())).get(variable.name());
  }
}
