package org.samegan.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;

/** The optimizers against PyTorch's documented algorithms, one value at a time in double. */
class OptimizersTest {
  private static final int SIZE = 37;

  /** One parameter's update. */
  private interface Naive {
    double change(double gradient, double[] state, long step);
  }

  private static Naive adam(double rate, double beta1, double beta2, double epsilon) {
    return (g, state, step) -> {
      state[0] = beta1 * state[0] + (1 - beta1) * g;
      state[1] = beta2 * state[1] + (1 - beta2) * g * g;
      double m = state[0] / (1 - Math.pow(beta1, (double) step));
      double v = state[1] / (1 - Math.pow(beta2, (double) step));
      return -rate * m / (Math.sqrt(v) + epsilon);
    };
  }

  private static Naive rmsProp(double rate, double decay, double epsilon) {
    return (g, state, step) -> {
      state[0] = decay * state[0] + (1 - decay) * g * g;
      return -rate * g / (Math.sqrt(state[0]) + epsilon);
    };
  }

  private static Naive sgd(double rate, double momentum) {
    return (g, state, step) -> {
      state[0] = momentum * state[0] + g;
      return -rate * state[0];
    };
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(new Adam(2e-4, 0.5, 0.999), adam(2e-4, 0.5, 0.999, 1e-8)),
        Arguments.of(new Adam(1e-4, 0, 0.9), adam(1e-4, 0, 0.9, 1e-8)),
        Arguments.of(new Adam(1e-3, 0.9, 0.999, 0.1), adam(1e-3, 0.9, 0.999, 0.1)),
        Arguments.of(new RmsProp(5e-5), rmsProp(5e-5, 0.99, 1e-8)),
        Arguments.of(new RmsProp(1e-2, 0.9, 0.1), rmsProp(1e-2, 0.9, 0.1)),
        Arguments.of(new Sgd(0.1, 0.7), sgd(0.1, 0.7)),
        Arguments.of(new Sgd(0.1, 0), sgd(0.1, 0)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void fiftyStepsFollowTheFormula(Optimizer optimizer, Naive naive) {
    check(optimizer, naive, 1);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void lateStepsFollowTheFormula(Optimizer optimizer, Naive naive) {
    check(optimizer, naive, 100_000);
  }

  /** Gradients from 1e-6 to 1, of both signs, as networks have them. */
  private static void check(Optimizer optimizer, Naive naive, long firstStep) {
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, SIZE);
    INDArray gradient = Nd4j.zeros(DataType.FLOAT, SIZE);
    List<INDArray> state = new ArrayList<>();
    optimizer.stateNames().forEach(name -> state.add(Nd4j.zeros(DataType.FLOAT, SIZE)));
    Optimizer.Update update = optimizer.bind(parameters, gradient, state);
    double[] expected = new double[SIZE];
    double[][] naiveState = new double[SIZE][2];
    double[] travelled = new double[SIZE];

    for (long step = firstStep; step < firstStep + 50; step++) {
      double[] g = Draws.uniform(step, SIZE, -1, 1);
      for (int i = 0; i < SIZE; i++) {
        g[i] = (float) (g[i] * Math.pow(10, -(i % 7)));
        double change = naive.change(g[i], naiveState[i], step);
        expected[i] += change;
        travelled[i] += Math.abs(change);
      }
      gradient.assign(Draws.array(DataType.FLOAT, g, SIZE));
      update.apply(step, step - 1);
    }

    double[] found = BothExecutors.values(parameters);
    for (int i = 0; i < SIZE; i++) {
      // 1 - 0.999 of the float 0.999 is off by 1.3e-5, of which a square root leaves half.
      assertThat(Math.abs(found[i] - expected[i])).isLessThanOrEqualTo(1e-5 * travelled[i]);
      double size = Math.pow(10, -(i % 7));
      for (int k = 0; k < state.size(); k++) {
        String name = optimizer.stateNames().get(k);
        double unit = name.contains("square") || name.startsWith("second") ? size * size : size;
        double slack = 3e-5 * Math.abs(naiveState[i][k]) + 1e-6 * unit;
        assertThat(state.get(k).getDouble(i) - naiveState[i][k])
            .as("%s of %d", name, i)
            .isBetween(-slack, slack);
      }
    }
  }

  @Test
  void adamsFirstStepIsTheLearningRateWhateverTheGradientsSize() {
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, 3);
    INDArray gradient = Nd4j.createFromArray(1e-3f, -1f, 1e3f);
    List<INDArray> state = List.of(Nd4j.zeros(DataType.FLOAT, 3), Nd4j.zeros(DataType.FLOAT, 3));

    new Adam(0.01, 0.5, 0.999).bind(parameters, gradient, state).apply(1, 0);

    // Epsilon is 1e-5 of the smallest gradient; the float 0.999 costs 1.3e-5.
    assertThat(parameters.getDouble(0)).isBetween(-0.010001, -0.009999);
    assertThat(parameters.getDouble(1)).isBetween(0.009999, 0.010001);
    assertThat(parameters.getDouble(2)).isBetween(-0.010001, -0.009999);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aZeroGradientChangesNothingAtFirst(Optimizer optimizer, Naive naive) {
    INDArray parameters = Nd4j.createFromArray(1f, 2f);
    List<INDArray> state = new ArrayList<>();
    optimizer.stateNames().forEach(name -> state.add(Nd4j.zeros(DataType.FLOAT, 2)));

    optimizer.bind(parameters, Nd4j.zeros(DataType.FLOAT, 2), state).apply(1, 0);

    assertThat(naive.change(0, new double[2], 1)).isZero();
    assertThat(BothExecutors.values(parameters)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-4, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesImpossibleLearningRates(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(rate, 0.5, 0.999))
        .withMessageContainingAll("learning rate", "found");
    assertThatIllegalArgumentException().isThrownBy(() -> new RmsProp(rate));
    assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(rate, 0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesImpossibleDecays(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(1e-4, decay, 0.999))
        .withMessageContainingAll("beta1", "[0, 1)", "found");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(1e-4, 0.5, decay))
        .withMessageContaining("beta2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RmsProp(1e-4, decay, 1e-8))
        .withMessageContaining("decay");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(1e-4, decay))
        .withMessageContaining("momentum");
  }

  @Test
  void refusesAnEpsilonOfZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(1e-4, 0.5, 0.999, 0))
        .withMessageContaining("epsilon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RmsProp(1e-4, 0.9, 0))
        .withMessageContaining("epsilon");
  }
}
