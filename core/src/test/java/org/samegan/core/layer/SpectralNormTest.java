package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
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
import org.samegan.core.gradient.Gradients;
import org.samegan.core.layer.NaiveImages.Extent;

class SpectralNormTest {
  private static final String PATH = "0_spectral_norm/";
  private static final String WEIGHT = PATH + "weight";
  private static final String U = PATH + "left_singular_vector";
  // Sums of a few dozen products of values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);
  private static final Layer DENSE = new SpectralNorm(new Dense(3));
  private static final Layer CONVOLUTION = new SpectralNorm(new Conv2d(3, 2, 2, Padding.of(1)));
  private static final Shape IMAGE = Shape.of(4, 4, 2);

  /** A step of power iteration by the article's formulas, on the transposed weight (in, out). */
  private static final class Estimate {
    final double[] u;
    final double[] v;
    final double sigma;

    Estimate(double[] weight, double[] u) {
      int outputs = u.length;
      double[] ofInputs = new double[weight.length / outputs];
      for (int i = 0; i < weight.length; i++) {
        ofInputs[i / outputs] += weight[i] * u[i % outputs];
      }
      v = direction(ofInputs);
      double[] ofOutputs = new double[outputs];
      for (int i = 0; i < weight.length; i++) {
        ofOutputs[i % outputs] += weight[i] * v[i / outputs];
      }
      this.u = direction(ofOutputs);
      sigma = sigma(weight, this.u, v);
    }

    static double sigma(double[] weight, double[] u, double[] v) {
      double sigma = 0;
      for (int i = 0; i < weight.length; i++) {
        sigma += weight[i] * v[i / u.length] * u[i % u.length];
      }
      return sigma;
    }
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
  }

  private static double[] direction(double[] x) {
    double norm = norm(x);
    return Arrays.stream(x).map(value -> value / norm).toArray();
  }

  private static double[] quotient(double[] x, double by) {
    return Arrays.stream(x).map(value -> value / by).toArray();
  }

  /** With weights of both signs. */
  private static Emission emission(int batch, Shape input, Layer layer) {
    Emission emission = new Emission(batch, input, layer);
    emission.set(WEIGHT, Draws.uniform(5, emission.variable(WEIGHT).length, -1, 1));
    return emission;
  }

  @Test
  void aDenseLayerComputesWithItsWeightOverTheEstimate() {
    Emission emission = emission(2, Shape.of(4), DENSE);
    double[] bias = emission.variable(PATH + "bias");
    double[] x = Draws.uniform(1, 8, -1, 1);

    double[] y = emission.run(x);

    double[] weight = emission.variable(WEIGHT);
    double[] normalised = quotient(weight, new Estimate(weight, emission.variable(U)).sigma);
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
    double[] bias = emission.variable(PATH + "bias");
    double[] x = Draws.uniform(1, 64, -1, 1);

    double[] y = emission.run(x);

    double[] weight = emission.variable(WEIGHT);
    double[] normalised = quotient(weight, new Estimate(weight, emission.variable(U)).sigma);
    double[] expected = convolve(x, normalised);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isCloseTo(expected[i] + bias[i % 3], ROUNDING);
    }
  }

  private static double[] convolve(double[] x, double[] weight) {
    return NaiveImages.convolve(x, new Extent(2, 4, 2), weight, new Extent(2, 3, 3), 2, 2, 1);
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
    double[] expected = new Estimate(emission.variable(WEIGHT), emission.variable(U)).u;
    assertThat(next).containsExactly(expected, ROUNDING);
  }

  @Test
  void theEstimateBecomesTheGreatestSingularValue() {
    for (Layer layer : List.of(new SpectralNorm(new Dense(6)), new SpectralNorm(new Dense(3)))) {
      Emission emission = emission(4, Shape.of(4), layer);
      emission.pass("x", new double[16]);
      for (int i = 0; i < 60; i++) {
        emission.set(U, emission.statistics().get(U));
      }

      double[] weight = emission.variable(WEIGHT);
      double greatest = greatestSingularValue(weight, emission.variable(U).length);

      // The rows of the identity give the normalised weight's rows.
      emission.set(PATH + "bias", new double[emission.variable(U).length]);
      double[] identity = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
      String output = emission.pass("identity", identity);
      double[] normalised = BothExecutors.values(emission.evaluate(List.of(output)).get(0));
      for (int i = 0; i < weight.length; i++) {
        assertThat(weight[i] / normalised[i]).isCloseTo(greatest, Offset.offset(1e-9));
      }
      assertThat(greatestSingularValue(normalised, emission.variable(U).length))
          .isCloseTo(1, Offset.offset(1e-9));
    }
  }

  /** One-sided Jacobi: columns are rotated in pairs until all are orthogonal (Hestenes 1958). */
  private static double greatestSingularValue(double[] matrix, int columns) {
    double[] a = matrix.clone();
    int rows = a.length / columns;
    for (int sweep = 0; sweep < 50; sweep++) {
      for (int p = 0; p < columns; p++) {
        for (int q = p + 1; q < columns; q++) {
          rotate(a, rows, columns, p, q);
        }
      }
    }
    double greatest = 0;
    for (int c = 0; c < columns; c++) {
      greatest = Math.max(greatest, Math.sqrt(dot(a, rows, columns, c, c)));
    }
    return greatest;
  }

  private static void rotate(double[] a, int rows, int columns, int p, int q) {
    double angle =
        0.5
            * Math.atan2(
                2 * dot(a, rows, columns, p, q),
                dot(a, rows, columns, p, p) - dot(a, rows, columns, q, q));
    for (int r = 0; r < rows; r++) {
      double x = a[r * columns + p];
      double y = a[r * columns + q];
      a[r * columns + p] = Math.cos(angle) * x + Math.sin(angle) * y;
      a[r * columns + q] = Math.cos(angle) * y - Math.sin(angle) * x;
    }
  }

  private static double dot(double[] a, int rows, int columns, int p, int q) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += a[r * columns + p] * a[r * columns + q];
    }
    return sum;
  }

  @Test
  void aNormalisedDenseLayerStretchesNoDistance() {
    int pairs = 50;
    Emission emission = emission(2 * pairs, Shape.of(4), DENSE);
    emission.pass("any", new double[8 * pairs]);
    for (int i = 0; i < 60; i++) {
      emission.set(U, emission.statistics().get(U));
    }
    double[] x = Draws.uniform(7, 8 * pairs, -3, 3);
    // The last pair differs along the right singular vector, where the layer is an isometry.
    double[] v = new Estimate(emission.variable(WEIGHT), emission.variable(U)).v;
    for (int k = 0; k < 4; k++) {
      x[8 * pairs - 4 + k] = x[8 * pairs - 8 + k] + 2 * v[k];
    }

    double[] y = emission.run(x);

    double stretch = 0;
    for (int i = 0; i < pairs; i++) {
      stretch = distance(y, 6 * i, 3) / distance(x, 8 * i, 4);
      assertThat(stretch).isLessThanOrEqualTo(1 + 1e-9);
    }
    assertThat(stretch).isCloseTo(1, Offset.offset(1e-9));
  }

  /** Between two neighbouring vectors. */
  private static double distance(double[] values, int at, int size) {
    double squares = 0;
    for (int i = at; i < at + size; i++) {
      squares += Math.pow(values[i] - values[i + size], 2);
    }
    return Math.sqrt(squares);
  }

  @Test
  void theGradientHoldsBothVectors() {
    Emission emission = emission(2, IMAGE, CONVOLUTION);
    double[] x = Draws.uniform(1, 64, -1, 1);
    SDVariable y = emission.graph.getVariable(emission.pass("x", x));
    SDVariable loss = y.mul(y).mul(y).sum();
    SDVariable weight = emission.graph.getVariable("net/" + WEIGHT);
    String gradient = Gradients.of(loss, List.of(weight)).get(0).name();

    double[] found = BothExecutors.values(emission.evaluate(List.of(gradient)).get(0));

    double[] at = emission.variable(WEIGHT);
    double[] bias = emission.variable(PATH + "bias");
    Estimate held = new Estimate(at, emission.variable(U));
    double[] closed = closedForm(x, at, bias, held);
    double step = 1e-6;
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      double difference = (loss(x, above, bias, held) - loss(x, below, bias, held)) / (2 * step);
      // The error of the step is 1e-12 times third derivatives of some tens; rounding 1e-16 / step.
      assertThat(found[i]).isCloseTo(difference, Offset.offset(1e-6));
      assertThat(found[i]).isCloseTo(closed[i], Offset.offset(1e-9));
    }
  }

  /** The sum of the outputs' cubes, where only the weight varies. */
  private static double loss(double[] x, double[] weight, double[] bias, Estimate held) {
    double[] y = convolve(x, quotient(weight, Estimate.sigma(weight, held.u, held.v)));
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += Math.pow(y[i] + bias[i % 3], 3);
    }
    return loss;
  }

  /**
   * (G - sum(G W/sigma) u v') / sigma, where G, the gradient at W/sigma, is linear in W's units.
   */
  private static double[] closedForm(double[] x, double[] weight, double[] bias, Estimate held) {
    double[] normalised = quotient(weight, held.sigma);
    double[] y = convolve(x, normalised);
    double[] atNormalised = new double[weight.length];
    double inner = 0;
    for (int i = 0; i < weight.length; i++) {
      double[] unit = new double[weight.length];
      unit[i] = 1;
      double[] slope = convolve(x, unit);
      for (int j = 0; j < y.length; j++) {
        atNormalised[i] += 3 * Math.pow(y[j] + bias[j % 3], 2) * slope[j];
      }
      inner += atNormalised[i] * normalised[i];
    }
    double[] gradient = new double[weight.length];
    for (int i = 0; i < weight.length; i++) {
      double direction = held.u[i % 3] * held.v[i / 3];
      gradient[i] = (atNormalised[i] - inner * direction) / held.sigma;
    }
    return gradient;
  }

  @Test
  void inferenceEstimatesFromTheVectorThatIsKept() {
    Network network = Network.of(Shape.of(4), DENSE);
    Map<String, INDArray> values = new HashMap<>();
    values.put("net/" + WEIGHT, Draws.array(1, DataType.FLOAT, -1, 1, 4, 3));
    values.put("net/" + PATH + "bias", Draws.array(2, DataType.FLOAT, -1, 1, 3));
    values.put("net/" + U, Draws.array(3, DataType.FLOAT, -1, 1, 3));
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 4);
    String y = NetworkEmission.forInference(graph, "net", network, values).emit("", x).name();
    INDArray input = Draws.array(4, DataType.FLOAT, -1, 1, 5, 4);

    INDArray output = BothExecutors.evaluate(graph, Map.of("x", input), List.of(y)).get(y);

    double[] weight = BothExecutors.values(values.get("net/" + WEIGHT));
    double sigma = new Estimate(weight, BothExecutors.values(values.get("net/" + U))).sigma;
    INDArray expected =
        input
            .mmul(values.get("net/" + WEIGHT).div(sigma))
            .addRowVector(values.get("net/" + PATH + "bias"));
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
            tuple("n/" + PATH + "bias", Shape.of(3), Variable.Role.PARAMETER),
            tuple("n/" + U, Shape.of(3), Variable.Role.STATISTIC));
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
