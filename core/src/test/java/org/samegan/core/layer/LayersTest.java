package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.Draws;
import org.samegan.core.Shape;

/** Dense, maxout, activations, dropout and reshape. */
class LayersTest {
  // Sums of a few products of values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-13);

  @Test
  void denseIsAnAffineMap() {
    Emission emission = new Emission(2, Shape.of(3), new Dense(2));
    emission.set("0_dense/weight", 1, 2, 3, 4, 5, 6);
    emission.set("0_dense/bias", 10, 20);

    double[] y = emission.run(new double[] {1, 0, 0, 1, 1, 1});

    assertThat(y).containsExactly(11, 22, 19, 32);
  }

  @Test
  void denseMayHaveNoBias() {
    Network network = Network.of(Shape.of(3), new Dense(2, false, new Initializer.Normal(0, 1)));

    assertThat(network.parameterCount()).isEqualTo(6);
  }

  @Test
  void maxoutTakesTheGreatestOfItsPieces() {
    Emission emission = new Emission(4, Shape.of(3), new Maxout(2, 5, new Initializer.Uniform(1)));
    double[] w = Draws.uniform(1, 3 * 10, -1, 1);
    emission.set("0_maxout/weight", w);
    double[] b = emission.variable("0_maxout/bias");
    double[] x = Draws.uniform(2, 12, -1, 1);

    double[] y = emission.run(x);

    for (int n = 0; n < 4; n++) {
      for (int unit = 0; unit < 2; unit++) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int column = unit * 5; column < unit * 5 + 5; column++) {
          double value = b[column];
          for (int i = 0; i < 3; i++) {
            value += x[n * 3 + i] * w[i * 10 + column];
          }
          greatest = Math.max(greatest, value);
        }
        assertThat(y[n * 2 + unit]).isCloseTo(greatest, ROUNDING);
      }
    }
  }

  @Test
  void maxoutHasTheParametersOfAllPieces() {
    Maxout layer = new Maxout(240, 5, new Initializer.Uniform(1));

    assertThat(Network.of(Shape.of(784), layer).parameterCount()).isEqualTo(784 * 1200 + 1200);
    assertThat(layer.outputShape(Shape.of(784))).isEqualTo(Shape.of(240));
  }

  @Test
  void activationsMapEachValue() {
    double[] x = {-2, -0.5, 0, 1.5};

    assertThat(run(new Activation.Relu(), x)).containsExactly(0, 0, 0, 1.5);
    assertThat(run(new Activation.LeakyRelu(0.2), x)).containsExactly(-0.4, -0.1, 0, 1.5);
    assertThat(run(new Activation.Tanh(), x))
        .containsExactly(
            new double[] {Math.tanh(-2), Math.tanh(-0.5), 0, Math.tanh(1.5)}, ROUNDING);
    assertThat(run(new Activation.Sigmoid(), x))
        .containsExactly(
            new double[] {
              1 / (1 + Math.exp(2)), 1 / (1 + Math.exp(0.5)), 0.5, 1 / (1 + Math.exp(-1.5))
            },
            ROUNDING);
  }

  @Test
  void sigmoidSaturatesWithoutOverflow() {
    assertThat(run(new Activation.Sigmoid(), -1000, 1000)).containsExactly(0, 1);
  }

  @Test
  void dropoutMultipliesByAMaskOfItsOwnInTraining() {
    Emission emission = new Emission(2, Shape.of(2), new Dropout(0.5));
    String output = emission.pass("x", new double[] {1, 2, 3, 4});

    assertThat(emission.noises).hasSize(1);
    assertThat(emission.noises.get(0).name()).isEqualTo("x/0_dropout/mask");
    assertThat(emission.noises.get(0).shape()).isEqualTo(Shape.of(2));
    emission.inputs.put(
        "x/0_dropout/mask",
        Draws.array(emission.inputs.get("x").dataType(), new double[] {0, 2, 2, 0}, 2, 2));
    assertThat(emission.evaluate(List.of(output)).get(0).data().asDouble())
        .containsExactly(0, 4, 6, 0);
  }

  @Test
  void everyPassHasNoiseOfItsOwn() {
    Emission emission = new Emission(2, Shape.of(2), new Dropout(0.5), new Dropout(0.5));
    emission.pass("a", new double[4]);
    emission.pass("b", new double[4]);

    assertThat(emission.noises)
        .extracting(NetworkEmission.NoiseInput::name)
        .containsExactly(
            "a/0_dropout/mask", "a/1_dropout/mask", "b/0_dropout/mask", "b/1_dropout/mask");
  }

  @Test
  void reshapeKeepsTheOrder() {
    Emission emission = new Emission(2, Shape.of(6), Reshape.to(1, 2, 3));
    double[] x = Draws.uniform(1, 12, -1, 1);

    assertThat(emission.run(x)).containsExactly(x);
  }

  @Test
  void refusesImpossibleHyperparameters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dense(0))
        .withMessageContaining("at least 1 unit, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Maxout(3, 1, Initializer.ONES))
        .withMessageContaining("2 pieces, found 3 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Activation.LeakyRelu(1))
        .withMessageContaining("[0, 1), as a 32-bit float too, found 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(0))
        .withMessageContaining("(0, 1], and 1 / keep finite, found 0.0");
  }

  @ParameterizedTest
  @CsvSource({"5,2", "2,7", "0,2", "2,0"})
  void refusesToCropToMoreThanThereIsOrToNothing(int height, int width) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(4, 6, 1), new Crop(height, width)))
        .withMessageContaining("of 4x6x1 can't be cropped to " + height + "x" + width);
  }

  private static double[] run(Layer layer, double... x) {
    return new Emission(1, Shape.of(x.length), layer).run(x);
  }
}
