package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;

class BatchNormTest {
  private static final double EPSILON = 1e-3;
  private static final BatchNorm NORM = new BatchNorm(0.8, EPSILON, Initializer.ONES);
  private static final String PATH = "0_batch_norm/";
  private static final Shape VECTOR = Shape.of(3);
  private static final Shape IMAGE = Shape.of(2, 2, 3);
  // A dozen operations on values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  /** One channel's mean and biased variance. */
  private record Moments(double mean, double variance, int count) {
    static Moments of(double[] x, int channel) {
      double sum = 0;
      int count = x.length / 3;
      for (int i = channel; i < x.length; i += 3) {
        sum += x[i];
      }
      double squares = 0;
      for (int i = channel; i < x.length; i += 3) {
        squares += (x[i] - sum / count) * (x[i] - sum / count);
      }
      return new Moments(sum / count, squares / count, count);
    }

    double unbiased() {
      return variance * count / (count - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingNormalisesByTheBatchesMeanAndBiasedVariance(boolean image) {
    Emission emission = new Emission(4, image ? IMAGE : VECTOR, NORM);
    double[] x = Draws.uniform(1, image ? 48 : 12, -1, 3);

    double[] y = emission.run(x);

    for (int i = 0; i < x.length; i++) {
      Moments moments = Moments.of(x, i % 3);
      double expected =
          emission.variable(PATH + "gain")[i % 3]
                  * (x[i] - moments.mean())
                  / Math.sqrt(moments.variance() + EPSILON)
              + emission.variable(PATH + "bias")[i % 3];
      assertThat(y[i]).isCloseTo(expected, ROUNDING);
    }
  }

  @Test
  void runningStatisticsFollowWithTheUnbiasedVariance() {
    Emission emission = new Emission(4, IMAGE, NORM);
    double[] x = Draws.uniform(1, 48, -1, 3);
    emission.pass("x", x);

    Map<String, double[]> next = emission.statistics();

    assertThat(next).containsOnlyKeys(PATH + "running_mean", PATH + "running_variance");
    for (int c = 0; c < 3; c++) {
      Moments moments = Moments.of(x, c);
      assertThat(next.get(PATH + "running_mean")[c])
          .isCloseTo(
              0.8 * emission.variable(PATH + "running_mean")[c] + 0.2 * moments.mean(), ROUNDING);
      assertThat(next.get(PATH + "running_variance")[c])
          .isCloseTo(
              0.8 * emission.variable(PATH + "running_variance")[c] + 0.2 * moments.unbiased(),
              ROUNDING);
    }
  }

  @Test
  void ofTwoPassesTheMeanIsTakenOver() {
    Emission emission = new Emission(4, VECTOR, NORM);
    double[] real = Draws.uniform(1, 12, -1, 3);
    double[] fake = Draws.uniform(2, 12, 2, 4);
    emission.pass("real", real);
    emission.pass("fake", fake);

    Map<String, double[]> next = emission.statistics();

    for (int c = 0; c < 3; c++) {
      double seen = (Moments.of(real, c).unbiased() + Moments.of(fake, c).unbiased()) / 2;
      assertThat(next.get(PATH + "running_variance")[c])
          .isCloseTo(0.8 * emission.variable(PATH + "running_variance")[c] + 0.2 * seen, ROUNDING);
    }
  }

  @Test
  void passesAreNormalisedApart() {
    Emission emission = new Emission(4, VECTOR, NORM);
    double[] real = Draws.uniform(1, 12, -1, 3);
    double[] shifted = real.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += 100;
    }

    List<INDArray> y =
        emission.evaluate(List.of(emission.pass("real", real), emission.pass("fake", shifted)));

    // Adding 100 costs two decimals of double precision.
    BothExecutors.assertClose("shifted", y.get(1), y.get(0), 1e-11);
  }

  @Test
  void inferenceUsesTheRunningStatistics() {
    Network network = Network.of(IMAGE, NORM);
    Map<String, INDArray> values = new HashMap<>();
    long seed = 1;
    for (Variable variable : network.variables("net")) {
      values.put(variable.name(), Draws.array(seed++, DataType.FLOAT, 0.5, 1.5, 3));
    }
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, IMAGE.batch(-1));
    String y = NetworkEmission.forInference(graph, "net", network, values).emit("", x).name();
    INDArray input = Draws.array(9, DataType.FLOAT, -2, 2, 5, 2, 2, 3);

    double[] result =
        BothExecutors.values(BothExecutors.evaluate(graph, Map.of("x", input), List.of(y)).get(y));

    for (int i = 0; i < result.length; i++) {
      int c = i % 3;
      double variance = values.get("net/" + PATH + "running_variance").getDouble(c);
      double expected =
          values.get("net/" + PATH + "gain").getDouble(c)
                  * (input.getDouble(i) - values.get("net/" + PATH + "running_mean").getDouble(c))
                  / Math.sqrt(variance + EPSILON)
              + values.get("net/" + PATH + "bias").getDouble(c);
      // A dozen roundings of floats around 1.
      assertThat(result[i]).isCloseTo(expected, Offset.offset(2e-6));
    }
  }

  @Test
  void statisticsAreVariablesButNoParameters() {
    Network network = Network.of(IMAGE, NORM);

    assertThat(network.parameterCount()).isEqualTo(6);
    assertThat(network.variables("n"))
        .filteredOn(variable -> variable.role() == Variable.Role.STATISTIC)
        .extracting(Variable::name)
        .containsExactly("n/0_batch_norm/running_mean", "n/0_batch_norm/running_variance");
  }

  @Test
  void refusesABatchOfOneVector() {
    Emission emission = new Emission(1, VECTOR, NORM);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> emission.pass("x", new double[3]))
        .withMessageContaining("batch of at least 2");
  }

  @Test
  void refusesImpossibleHyperparameters() {
    for (double momentum : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new BatchNorm(momentum, 1e-5, Initializer.ONES))
          .withMessageContainingAll("momentum in [0, 1)", String.valueOf(momentum));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(0.9, 0, Initializer.ONES))
        .withMessageContaining("epsilon above 0");
  }
}
