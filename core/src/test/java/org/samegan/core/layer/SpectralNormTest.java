package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.samegan.core.layer.NormalisedLayers.BIAS;
import static org.samegan.core.layer.NormalisedLayers.CONVOLUTION;
import static org.samegan.core.layer.NormalisedLayers.DENSE;
import static org.samegan.core.layer.NormalisedLayers.IMAGE;
import static org.samegan.core.layer.NormalisedLayers.U;
import static org.samegan.core.layer.NormalisedLayers.WEIGHT;
import static org.samegan.core.layer.NormalisedLayers.convolve;
import static org.samegan.core.layer.NormalisedLayers.emission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.random.UnitVector;

/** What a layer with spectral normalisation computes, and what it is made of. */
class SpectralNormTest {
  // Sums of a few dozen products of values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @Test
  void aDenseLayerComputesWithItsWeightOverTheEstimate() {
    Emission emission = emission(2, Shape.of(4), DENSE);
    double[] bias = emission.variable(BIAS);
    double[] x = Draws.uniform(1, 8, -1, 1);

    double[] y = emission.run(x);

    double[] weight = emission.variable(WEIGHT);
    double[] normalised = new PowerIteration(weight, emission.variable(U)).normalised(weight);
    for (int i = 0; i < y.length; i++) {
      double expected = bias[i % 3];
      for (int k = 0; k < 4; k++) {
        expected += x[i / 3 * 4 + k] * normalised[k * 3 + i % 3];
      }
      assertThat(y[i]).isCloseTo(expected, ROUNDING);
    }
  }

  @Test
  void aConvolutionsWeightIsTheMatrixOfItsChannels() {
    Emission emission = emission(2, IMAGE, CONVOLUTION);
    double[] bias = emission.variable(BIAS);
    double[] x = Draws.uniform(1, 64, -1, 1);

    double[] y = emission.run(x);

    double[] weight = emission.variable(WEIGHT);
    double[] normalised = new PowerIteration(weight, emission.variable(U)).normalised(weight);
    double[] expected = convolve(x, normalised);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isCloseTo(expected[i] + bias[i % 3], ROUNDING);
    }
  }

  @Test
  void anIterationIsMadeOncePerStepHoweverManyPasses() {
    Emission emission = emission(2, Shape.of(4), DENSE);
    double[] x = Draws.uniform(1, 8, -1, 1);
    String first = emission.pass("real", x);
    String second = emission.pass("fake", x);

    List<INDArray> outputs = emission.evaluate(List.of(first, second));
    double[] next = emission.statistics().get(U);

    assertThat(BothExecutors.values(outputs.get(1)))
        .isEqualTo(BothExecutors.values(outputs.get(0)));
    double[] expected = new PowerIteration(emission.variable(WEIGHT), emission.variable(U)).u;
    assertThat(next).containsExactly(expected, ROUNDING);
    assertThat(emission.graph.getOps().values())
        .as("both directions, once")
        .filteredOn(node -> node.getOp().opName().equals("stop_gradient"))
        .hasSize(2);
  }

  @Test
  void inferenceEstimatesFromTheVectorThatIsKept() {
    Network network = Network.of(Shape.of(4), DENSE);
    Map<String, INDArray> values = new HashMap<>();
    values.put("net/" + WEIGHT, Draws.array(1, DataType.FLOAT, -1, 1, 4, 3));
    values.put("net/" + BIAS, Draws.array(2, DataType.FLOAT, -1, 1, 3));
    values.put("net/" + U, Draws.array(3, DataType.FLOAT, -1, 1, 3));
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 4);
    String y = NetworkEmission.forInference(graph, "net", network, values).emit("", x).name();
    INDArray input = Draws.array(4, DataType.FLOAT, -1, 1, 5, 4);

    INDArray output = BothExecutors.evaluate(graph, Map.of("x", input), List.of(y)).get(y);

    double[] weight = BothExecutors.values(values.get("net/" + WEIGHT));
    double sigma = new PowerIteration(weight, BothExecutors.values(values.get("net/" + U))).sigma;
    INDArray expected =
        input.mmul(values.get("net/" + WEIGHT).div(sigma)).addRowVector(values.get("net/" + BIAS));
    // A few dozen roundings of floats around 1.
    BothExecutors.assertClose("y", output, expected, 3e-6);
  }

  @Test
  void theVectorIsAStatisticOfUnitLengthAtFirst() {
    Network network = Network.of(IMAGE, CONVOLUTION);

    assertThat(network.parameterCount()).isEqualTo(2 * 2 * 2 * 3 + 3);
    assertThat(network.variables("n"))
        .extracting(Variable::name, Variable::shape, Variable::role)
        .containsExactly(
            tuple("n/" + WEIGHT, Shape.of(2, 2, 2, 3), Variable.Role.PARAMETER),
            tuple("n/" + BIAS, Shape.of(3), Variable.Role.PARAMETER),
            tuple("n/" + U, Shape.of(3), Variable.Role.STATISTIC));
    assertThat(network.variables("n").get(2).initial()).isEqualTo(new UnitVector());
  }

  @Test
  void refusesLayersWithoutAMatrix() {
    for (Layer other :
        List.of(
            new BatchNorm(), new Activation.Relu(), new ConvTranspose2d(2, 4, 2, Padding.of(1)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SpectralNorm(other))
          .withMessageContainingAll("Dense layer or a Conv2d", "found " + other);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpectralNorm(DENSE))
        .withMessageContaining("found SpectralNorm");
  }
}
