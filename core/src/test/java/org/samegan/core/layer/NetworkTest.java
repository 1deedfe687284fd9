package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;

class NetworkTest {
  private static Network network() {
    return Network.of(
        Shape.of(6, 6, 1),
        new Conv2d(4, 4, 2, Padding.of(1)).withoutBias(),
        new BatchNorm(),
        new Activation.LeakyRelu(0.2),
        Reshape.to(36),
        new Dropout(0.5),
        new Dense(1));
  }

  @Test
  void isAValue() {
    assertThat(network()).isEqualTo(network()).hasSameHashCodeAs(network());
    assertThat(network()).isNotEqualTo(Network.of(Shape.of(6, 6, 1), Reshape.to(36)));
  }

  @Test
  void doesNotChangeWithTheListItWasMadeFrom() {
    List<Layer> layers = new ArrayList<>(List.of(new Dense(3)));
    Network network = new Network(Shape.of(2), layers);

    layers.add(new Dense(4));

    assertThat(network.output()).isEqualTo(Shape.of(3));
  }

  @Test
  void infersTheShapeAfterEveryLayer() {
    assertThat(network().outputShapes())
        .containsExactly(
            Shape.of(3, 3, 4),
            Shape.of(3, 3, 4),
            Shape.of(3, 3, 4),
            Shape.of(36),
            Shape.of(36),
            Shape.of(1));
    assertThat(network().output()).isEqualTo(Shape.of(1));
  }

  @Test
  void namesVariablesByPath() {
    assertThat(network().variables("critic"))
        .extracting(Variable::name)
        .containsExactly(
            "critic/0_conv2d/weight",
            "critic/1_batch_norm/gain",
            "critic/1_batch_norm/bias",
            "critic/1_batch_norm/running_mean",
            "critic/1_batch_norm/running_variance",
            "critic/5_dense/weight",
            "critic/5_dense/bias");
  }

  @Test
  void countsTrainedValuesOnly() {
    assertThat(network().parameterCount()).isEqualTo(4 * 4 * 4 + 4 + 4 + 36 + 1);
    assertThat(network().parameterCount(1)).isEqualTo(8);
    assertThat(network().parameterCount(2)).isZero();
  }

  @Test
  void refusesLayersThatDoNotFitNamingTheirIndex() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(4), new Dense(5), Reshape.to(2, 3)))
        .withMessageContainingAll("layer 1", "Reshape", "5 values", "2x3", "6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(2, 2, 1), new Dense(5)))
        .withMessageContainingAll("layer 0", "Dense", "vectors", "2x2x1", "Reshape to 4");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(4)))
        .withMessageContaining("at least one layer");
  }

  @Test
  void inferenceNeedsNoNoiseAndTakesAnyBatch() {
    Network network = Network.of(Shape.of(3), new Dropout(0.1), new Dense(2));
    Map<String, INDArray> values = new HashMap<>();
    values.put("n/1_dense/weight", Draws.array(1, DataType.FLOAT, -1, 1, 3, 2));
    values.put("n/1_dense/bias", Draws.array(2, DataType.FLOAT, -1, 1, 2));
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 3);
    String y = NetworkEmission.forInference(graph, "n", network, values).emit("", x).name();

    for (int batch : new int[] {1, 5}) {
      INDArray input = Draws.array(3, DataType.FLOAT, -1, 1, batch, 3);
      INDArray output = BothExecutors.evaluate(graph, Map.of("x", input), List.of(y)).get(y);
      INDArray expected =
          input.mmul(values.get("n/1_dense/weight")).addRowVector(values.get("n/1_dense/bias"));
      // Sums of four floats around 1.
      BothExecutors.assertClose("y", output, expected, 1e-6);
    }
  }

  @Test
  void inferenceGraphsHaveCopiesOfTheValues() {
    Network network = Network.of(Shape.of(1), new Dense(1, false, Initializer.ONES));
    INDArray weight = Draws.array(1, DataType.FLOAT, 1, 2, 1, 1);
    SameDiff graph = SameDiff.create();
    NetworkEmission.forInference(graph, "n", network, Map.of("n/0_dense/weight", weight));

    weight.assign(0);

    assertThat(graph.getVariable("n/0_dense/weight").getArr().getDouble(0)).isNotZero();
  }

  @Test
  void initializersFollowTheirFormulas() {
    assertThat(new Initializer.GlorotUniform().distribution(40, 20))
        .isEqualTo(new Distribution.Uniform(-Math.sqrt(0.1), Math.sqrt(0.1)));
    assertThat(new Initializer.HeNormal().distribution(50, 7))
        .isEqualTo(new Distribution.Normal(0, 0.2));
    assertThat(new Initializer.Uniform(0.05).distribution(1, 1))
        .isEqualTo(new Distribution.Uniform(-0.05, 0.05));
    assertThat(Initializer.ONES.distribution(3, 3)).isEqualTo(new Distribution.Normal(1, 0));
  }

  @Test
  void fansCountTheKernelsArea() {
    Network network =
        Network.of(Shape.of(8, 8, 3), new Conv2d(5, 4, 2, Padding.of(1)), new BatchNorm());

    assertThat(network.variables("n").get(0).initial())
        .isEqualTo(new Distribution.Normal(0, Math.sqrt(2.0 / (16 * 3))));
  }

  /** Of 3 channels to 5 by kernels of 4x4: 48 values add up to one, which adds to 80. */
  @Test
  void bothFansAreTheLayersOwn() {
    Shape image = Shape.of(8, 8, 3);
    Conv2d down = new Conv2d(5, 4, 2, Padding.of(1));
    ConvTranspose2d up = new ConvTranspose2d(5, 4, 2, Padding.of(1));
    Initializer glorot = new Initializer.GlorotUniform();
    Initializer he = new Initializer.HeNormal();

    for (Layer layer : List.of(down.withInitializer(glorot), up.withInitializer(glorot))) {
      assertThat(initialWeight(image, layer)).isEqualTo(uniform(Math.sqrt(6.0 / 128)));
    }
    assertThat(initialWeight(image, up.withInitializer(he)))
        .isEqualTo(new Distribution.Normal(0, Math.sqrt(2.0 / 48)));
    // 7 values to 2 units of 5 pieces each.
    assertThat(initialWeight(Shape.of(7), new Maxout(2, 5, glorot)))
        .isEqualTo(uniform(Math.sqrt(6.0 / 17)));
    assertThat(initialWeight(Shape.of(7), new Maxout(2, 5, he)))
        .isEqualTo(new Distribution.Normal(0, Math.sqrt(2.0 / 7)));
    assertThat(initialWeight(Shape.of(7), new Dense(3, true, glorot)))
        .isEqualTo(uniform(Math.sqrt(6.0 / 10)));
  }

  private static RandomSource initialWeight(Shape input, Layer layer) {
    return Network.of(input, layer).variables("n").get(0).initial();
  }

  private static Distribution uniform(double bound) {
    return new Distribution.Uniform(-bound, bound);
  }
}
