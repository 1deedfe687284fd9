package org.samegan.io.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;

/** What is in one order between networks, or between a network and what it is given. */
class ChannelsFirstOfGanTest {
  /** Recognition on a flattened image must read it in the order that the image has there. */
  @Test
  void recognitionReadsTheDiscriminatorsOrder() {
    Network discriminator =
        Network.of(
            Shape.of(4, 4, 1),
            new Conv2d(3, 4, 2, Padding.of(1)),
            Reshape.to(12),
            new Activation.LeakyRelu(0.1),
            new Dense(1));
    Network q = Network.of(Shape.of(12), new BatchNorm(), new Dense(2));
    Gan gan =
        new Gan(
            "custom",
            new Latent(
                List.of(
                    new Latent.Noise(2, Distribution.Normal.STANDARD), new Latent.Categorical(2))),
            Network.of(Shape.of(4), new Dense(16), Reshape.to(4, 4, 1)),
            discriminator,
            new Recognition(3, q, 1, 1),
            Recipe.of(new Objective.NonSaturating()),
            PixelRange.SIGNED_UNIT);
    Map<String, INDArray> arrays =
        ChannelsFirstTest.arrays(discriminator, GanNetwork.DISCRIMINATOR.label(), new Random(6));
    arrays.putAll(ChannelsFirstTest.arrays(q, GanNetwork.RECOGNITION.label(), new Random(7)));
    Map<String, float[]> tensors = new HashMap<>();
    ChannelsFirst.of(gan)
        .subList(1, 3)
        .forEach(each -> tensors.putAll(ChannelsFirstTest.tensors(each, arrays)));

    Network trunk = new Network(discriminator.input(), discriminator.layers().subList(0, 3));
    double[] image = new Random(8).doubles(16, -1, 1).toArray();
    NaiveTorch torch = new NaiveTorch(tensors);
    double[] codes =
        torch.run(
            GanNetwork.RECOGNITION.label(),
            q,
            torch.run(GanNetwork.DISCRIMINATOR.label(), trunk, image));

    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 4, 4, 1);
    SDVariable features =
        NetworkEmission.forInference(graph, GanNetwork.DISCRIMINATOR.label(), trunk, arrays)
            .emit("d", x);
    SDVariable y =
        NetworkEmission.forInference(graph, GanNetwork.RECOGNITION.label(), q, arrays)
            .emit("q", features);
    INDArray batch = Nd4j.createFromArray(image).castTo(DataType.FLOAT).reshape(1, 4, 4, 1);
    float[] expected = graph.outputSingle(Map.of("x", batch), y.name()).ravel().toFloatVector();
    assertThat((double) expected[0]).isCloseTo(codes[0], within(1e-5));
    assertThat((double) expected[1]).isCloseTo(codes[1], within(1e-5));
  }

  static Stream<Network> conditionalDiscriminators() {
    Shape input = Shape.of(4, 4, 5);
    return Stream.of(
        Network.of(
            input,
            new Conv2d(3, 4, 2, Padding.of(1)),
            new Activation.LeakyRelu(0.1),
            Reshape.to(12),
            new Dense(1)),
        Network.of(input, Reshape.to(80), new Dense(1)));
  }

  /** There a label's planes are concatenated behind the image's channels, along axis 1. */
  @ParameterizedTest
  @MethodSource("conditionalDiscriminators")
  void aLabelsPlanesFollowTheImagesChannels(Network discriminator) {
    Latent.Label label = new Latent.Label(3);
    Gan gan =
        Gan.of(
            Latent.normal(2).with(label),
            Network.of(Shape.of(5), new Dense(32), Reshape.to(4, 4, 2)),
            discriminator);
    Map<String, INDArray> arrays =
        ChannelsFirstTest.arrays(discriminator, GanNetwork.DISCRIMINATOR.label(), new Random(9));
    double[] image = new Random(10).doubles(32, -1, 1).toArray();
    double[] withLabel = Arrays.copyOf(image, 5 * 16);
    int chosen = 1;
    Arrays.fill(withLabel, (2 + chosen) * 16, (3 + chosen) * 16, 1);
    ChannelsFirst there = ChannelsFirst.of(gan).get(1);
    double[] logit =
        new NaiveTorch(ChannelsFirstTest.tensors(there, arrays))
            .run(GanNetwork.DISCRIMINATOR.label(), discriminator, withLabel);

    double[] last = ChannelsFirstTest.toLast(image, gan.exampleShape());
    INDArray images = Nd4j.createFromArray(last).castTo(DataType.FLOAT).reshape(1, 4, 4, 2);
    INDArray expected =
        InferenceGraph.emit(gan, GanNetwork.DISCRIMINATOR, arrays)
            .graph()
            .outputSingle(
                Map.of("image", images, "labels", Nd4j.createFromArray(new float[][] {{0, 1, 0}})),
                GanNetwork.LOGITS);
    assertThat(expected.getDouble(0)).isCloseTo(logit[0], within(1e-5));
  }
}
