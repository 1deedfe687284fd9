package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.samegan.core.Draws;
import org.samegan.core.Shape;

/** The layers that residual networks are made of. */
class ResidualLayersTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  /** Time that doubles with every level would be hours at this depth. */
  @Test
  @Timeout(20)
  void infersTheShapesOfBlocksInBlocksInTimeThatTheirDepthDoesNotDouble() {
    Layer layer = new Dense(3);
    for (int i = 0; i < 200; i++) {
      layer = new Residual(List.of(layer), List.of());
    }
    Network network = Network.of(Shape.of(3), layer);
    assertThat(network.output()).isEqualTo(Shape.of(3));
    assertThat(network.variables("n")).hasSize(2);
    assertThat(network.parameterCount()).isEqualTo(12);
    Emission emission = new Emission(1, Shape.of(3), new Residual(List.of(layer), List.of()));
    assertThat(emission.run(new double[] {1, 2, 3})).hasSize(3);

    Layer nested = layer;
    assertThatThrownBy(() -> Network.of(Shape.of(4), nested))
        .hasMessageContaining("must agree, found 3 and 4")
        .message()
        .hasSizeLessThan(10_000);
  }

  @Test
  void layerNormNormalisesEachExampleByItself() {
    Emission emission = new Emission(2, Shape.of(2, 2, 3), new LayerNorm(1e-3));
    double[] x = Draws.uniform(1, 24, -2, 3);
    double[] y = emission.run(x);
    double[] gain = emission.variable("0_layer_norm/gain");
    double[] bias = emission.variable("0_layer_norm/bias");
    for (int b = 0; b < 2; b++) {
      double mean = 0;
      double variance = 0;
      for (int i = 0; i < 12; i++) {
        mean += x[12 * b + i] / 12;
      }
      for (int i = 0; i < 12; i++) {
        variance += Math.pow(x[12 * b + i] - mean, 2) / 12;
      }
      for (int i = 0; i < 12; i++) {
        double expected =
            gain[i % 3] * (x[12 * b + i] - mean) / Math.sqrt(variance + 1e-3) + bias[i % 3];
        assertThat(y[12 * b + i]).isCloseTo(expected, ROUNDING);
      }
    }
  }

  @Test
  void upsamplingRepeatsAndPoolingAverages() {
    double[] x = Draws.uniform(2, 2 * 3 * 3 * 2, -1, 1);
    double[] large = new Emission(2, Shape.of(3, 3, 2), new Upsample(2)).run(x);
    for (int b = 0; b < 2; b++) {
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          for (int c = 0; c < 2; c++) {
            assertThat(large[((b * 6 + i) * 6 + j) * 2 + c])
                .isEqualTo(x[((b * 3 + i / 2) * 3 + j / 2) * 2 + c]);
          }
        }
      }
    }
    double[] back = new Emission(2, Shape.of(6, 6, 2), new AveragePool(2)).run(large);
    for (int i = 0; i < x.length; i++) {
      assertThat(back[i]).isCloseTo(x[i], ROUNDING);
    }
    double[] ramp = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    assertThat(new Emission(1, Shape.of(4, 4, 1), new AveragePool(2)).run(ramp))
        .containsExactly(new double[] {3.5, 5.5, 11.5, 13.5}, ROUNDING);
  }

  @Test
  void aResidualBlockAddsItsBranches() {
    Layer block = new Residual(List.of(new Dense(2)), List.of(new Dense(2)));
    Emission emission = new Emission(1, Shape.of(2), block);
    double[] x = {0.5, -2};
    double[] main = emission.variable("0_residual/main/0_dense/weight");
    double[] other = emission.variable("0_residual/shortcut/0_dense/weight");
    double[] mainBias = emission.variable("0_residual/main/0_dense/bias");
    double[] otherBias = emission.variable("0_residual/shortcut/0_dense/bias");
    double[] y = emission.run(x);
    for (int i = 0; i < 2; i++) {
      double expected =
          x[0] * (main[i] + other[i])
              + x[1] * (main[2 + i] + other[2 + i])
              + mainBias[i]
              + otherBias[i];
      assertThat(y[i]).isCloseTo(expected, ROUNDING);
    }
    assertThat(
            new Emission(1, Shape.of(2), new Residual(List.of(new Activation.Tanh()), List.of())))
        .satisfies(
            identity ->
                assertThat(identity.run(x))
                    .containsExactly(
                        new double[] {0.5 + Math.tanh(0.5), -2 + Math.tanh(-2)}, ROUNDING));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(
            () -> Network.of(Shape.of(2), new Residual(List.of(new Dense(3)), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("branches of a residual block must agree, found 3 and 2");
    assertThatThrownBy(() -> Network.of(Shape.of(5, 4, 1), new AveragePool(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5x4x1 can't be pooled by 2");
    assertThatThrownBy(() -> new Residual(List.of(), List.of(new Dense(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a residual block needs at least one layer");
    for (double epsilon : new double[] {0, Double.NaN}) {
      assertThatThrownBy(() -> new LayerNorm(epsilon))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("epsilon above 0, as a 32-bit float too, found " + epsilon);
    }
    assertThatThrownBy(() -> new Upsample(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }
}
