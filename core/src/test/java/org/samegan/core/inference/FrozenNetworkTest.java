package org.samegan.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.layer.Upsample;
import org.samegan.core.layer.Variable;

/** Networks with their values, against SameDiff's session on the network as it was. */
class FrozenNetworkTest {
  private static final Dense WITHOUT_BIAS = new Dense(12, false, new Initializer.GlorotUniform());

  private static Conv2d conv(int channels) {
    return new Conv2d(channels, 3, 1, Padding.of(1));
  }

  private static Arguments of(int left, Shape input, Layer... layers) {
    return Arguments.of(left, Network.of(input, layers));
  }

  private static List<Arguments> networks() {
    Shape vector = Shape.of(5);
    Shape image = Shape.of(6, 6, 2);
    return List.of(
        of(0, vector, new Dense(4), new BatchNorm(), new Activation.Tanh()),
        of(0, vector, WITHOUT_BIAS, Reshape.to(2, 2, 3), new BatchNorm()),
        of(0, vector, new Dense(4), new BatchNorm(0.9, 0.1, Initializer.ONES), new BatchNorm()),
        of(0, image, conv(3).withoutBias(), new BatchNorm(), new Activation.Relu(), conv(1)),
        of(0, image, conv(3), new Dropout(0.5), new BatchNorm()),
        of(0, image, new ConvTranspose2d(3, 4, 2, Padding.of(1)), new BatchNorm()),
        of(0, image, new ConvTranspose2d(3, 5, 2, Padding.SAME).withoutBias(), new BatchNorm()),
        of(0, image, new SpectralNorm(conv(3)), new BatchNorm(), new Activation.Relu()),
        of(0, vector, new SpectralNorm(new Dense(4)), new SpectralNorm(WITHOUT_BIAS)),
        of(1, vector, new BatchNorm(), new Dense(3)),
        of(1, image, conv(3), new Activation.Relu(), new BatchNorm()),
        of(1, image, new Upsample(2), new BatchNorm()),
        // 36 channels after a convolution of 2: its weights are shared by all of them.
        of(1, image, new Conv2d(2, 3, 2, Padding.of(1)), Reshape.to(18), new BatchNorm()),
        of(
            3,
            image,
            conv(3),
            new Residual(
                List.of(new BatchNorm(), conv(3), new BatchNorm(), new Activation.Relu()),
                List.of()),
            new Residual(
                List.of(conv(2), new BatchNorm()),
                List.of(conv(2).withoutBias(), new BatchNorm(), new BatchNorm())),
            new BatchNorm(),
            new Activation.Relu(),
            new BatchNorm(),
            new Dropout(0.5),
            conv(1)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void foldingLeavesTheFunctionAsItWas(int left, Network network) {
    FrozenNetwork frozen = frozen(network);
    FrozenNetwork folded = frozen.folded();

    assertThat(norms(folded.network().layers())).isEqualTo(left);
    assertThat(folded.network().layers()).noneMatch(SpectralNorm.class::isInstance);
    float[] expected = run(frozen);
    float[] found = run(folded);
    assertThat(found).hasSameSizeAs(expected);
    float scale = 1;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < found.length; i++) {
      // Both are sums in float, in another order.
      assertThat(Math.abs(found[i] - expected[i])).as("value %d", i).isLessThan(1e-5f * scale);
    }
  }

  @Test
  void foldsByTheFormula() {
    Network network =
        Network.of(Shape.of(1), new Dense(1), new BatchNorm(0.9, 0.5, Initializer.ONES));
    Map<String, INDArray> values = new LinkedHashMap<>();
    values.put("n/0_dense/weight", Draws.array(DataType.FLOAT, new double[] {3}, 1, 1));
    values.put("n/0_dense/bias", Draws.array(DataType.FLOAT, new double[] {7}, 1));
    values.put("n/1_batch_norm/gain", Draws.array(DataType.FLOAT, new double[] {5}, 1));
    values.put("n/1_batch_norm/bias", Draws.array(DataType.FLOAT, new double[] {-2}, 1));
    values.put("n/1_batch_norm/running_mean", Draws.array(DataType.FLOAT, new double[] {4}, 1));
    values.put(
        "n/1_batch_norm/running_variance", Draws.array(DataType.FLOAT, new double[] {5.75}, 1));

    FrozenNetwork folded = new FrozenNetwork("n", network, values).folded();

    // 5 (3 x + 7 - 4) / sqrt(5.75 + 0.5) - 2 = 6 x + 4
    assertThat(folded.network().layers()).hasSize(1);
    assertThat(folded.values().get("n/0_dense/weight").getFloat(0, 0)).isEqualTo(6f);
    assertThat(folded.values().get("n/0_dense/bias").getFloat(0)).isEqualTo(4f);
  }

  @Test
  void chainsNetworks() {
    FrozenNetwork trunk = frozen(Network.of(Shape.of(5), new Dense(4)));
    FrozenNetwork head = frozen(Network.of(Shape.of(4), new BatchNorm(), new Dense(2)));

    FrozenNetwork both = trunk.then(head);

    assertThat(both.network())
        .isEqualTo(Network.of(Shape.of(5), new Dense(4), new BatchNorm(), new Dense(2)));
    assertThat(both.valuesOf(0)).isEqualTo(trunk.valuesOf(0));
    assertThat(both.valuesOf(2)).isEqualTo(head.valuesOf(1));
    assertThat(norms(both.folded().network().layers())).isZero();
  }

  @Test
  void refusesValuesThatDoNotFit() {
    Network network = Network.of(Shape.of(5), new Dense(4));
    Map<String, INDArray> values = new LinkedHashMap<>(frozen(network).values());
    values.put("net/0_dense/bias", Draws.array(DataType.FLOAT, new double[3], 3));
    assertThatThrownBy(() -> new FrozenNetwork("net", network, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of net/0_dense/bias must have the shape [4], found [3]");
    values.remove("net/0_dense/bias");
    assertThatThrownBy(() -> new FrozenNetwork("net", network, values))
        .hasMessageContaining("found none");
  }

  /** Values from (0.2, 1.2), which suits gains and variances too. */
  private static FrozenNetwork frozen(Network network) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    long seed = 10;
    for (Variable variable : network.variables("net")) {
      long[] shape = variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
      values.put(variable.name(), Draws.array(seed++, DataType.FLOAT, 0.2, 1.2, shape));
    }
    return new FrozenNetwork("net", network, values);
  }

  private static int norms(List<Layer> layers) {
    int norms = 0;
    for (Layer layer : layers) {
      if (layer instanceof Residual block) {
        norms += norms(block.main()) + norms(block.shortcut());
      }
      norms += layer instanceof BatchNorm ? 1 : 0;
    }
    return norms;
  }

  private static float[] run(FrozenNetwork frozen) {
    InferenceGraph emitted = InferenceGraph.emit(frozen, "x", "y");
    frozen
        .values()
        .keySet()
        .forEach(
            name ->
                assertThat(emitted.graph().getVariable(name).getVariableType())
                    .isEqualTo(VariableType.CONSTANT));
    INDArray x = Draws.array(5, DataType.FLOAT, -1, 1, frozen.network().input().batch(3));
    return emitted.graph().outputSingle(Map.of("x", x), "y").dup('c').data().asFloat();
  }
}
