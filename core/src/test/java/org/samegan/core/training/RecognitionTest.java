package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.gradient.CentralDifferences;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;

/** Codes, and the loss of reading them back. */
class RecognitionTest {
  private static final int BATCH = 3;
  private static final Latent LATENT =
      new Latent(
          List.of(
              new Latent.Noise(2, Distribution.Normal.STANDARD),
              new Latent.Categorical(3),
              new Latent.Continuous(2, new Distribution.Uniform(-1, 1)),
              new Latent.Categorical(2)));

  @Test
  void aLatentIsItsPartsInOrder() {
    FloatBuffer buffer = FloatBuffer.allocate(1000 * LATENT.size());
    LATENT.fill(RandomStream.of(1, "latent", 0), buffer);
    assertThat(buffer.remaining()).isZero();
    float[] values = buffer.array();
    int[] first = new int[3];
    for (int i = 0; i < 1000; i++) {
      int at = i * 9;
      first[oneHot(values, at + 2, 3)]++;
      assertThat(values[at + 5]).isBetween(-1f, 1f);
      assertThat(values[at + 6]).isBetween(-1f, 1f);
      oneHot(values, at + 7, 2);
    }
    // Three standard deviations of a binomial count of 1000 with probability 1/3.
    for (int count : first) {
      assertThat(count).isBetween(288, 378);
    }
  }

  private static int oneHot(float[] values, int at, int size) {
    int hot = -1;
    for (int i = 0; i < size; i++) {
      if (values[at + i] == 1) {
        assertThat(hot).as("one class only").isEqualTo(-1);
        hot = i;
      } else {
        assertThat(values[at + i]).isZero();
      }
    }
    assertThat(hot).as("a class").isNotNegative();
    return hot;
  }

  @Test
  void lossIsCrossEntropyPlusGaussianLikelihood() {
    double[] latents = new double[BATCH * 9];
    double[] outputs = Draws.uniform(4, BATCH * 9, -2, 2);
    FloatBuffer drawn = FloatBuffer.allocate(latents.length);
    LATENT.fill(RandomStream.of(2, "latent", 0), drawn);
    for (int i = 0; i < latents.length; i++) {
      latents[i] = drawn.get(i);
    }
    double expected = 0;
    for (int b = 0; b < BATCH; b++) {
      int l = b * 9;
      expected += 0.7 * crossEntropy(latents, l + 2, outputs, l, 3) / BATCH;
      for (int i = 0; i < 2; i++) {
        double variance = Math.exp(outputs[l + 5 + i]);
        double error = latents[l + 5 + i] - outputs[l + 3 + i];
        double density =
            Math.exp(-error * error / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
        expected -= 0.3 * Math.log(density) / BATCH;
      }
      expected += 0.7 * crossEntropy(latents, l + 7, outputs, l + 7, 2) / BATCH;
    }

    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.placeHolder("latent", DataType.DOUBLE, BATCH, 9);
    SDVariable output = graph.placeHolder("output", DataType.DOUBLE, BATCH, 9);
    SDVariable loss = new Recognition(1, network(9), 0.7, 0.3).emitLoss(LATENT, latent, output);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put("latent", Draws.array(DataType.DOUBLE, latents, BATCH, 9));
    inputs.put("output", Draws.array(DataType.DOUBLE, outputs, BATCH, 9));
    SDVariable gradient = Gradients.of(loss, List.of(output)).get(0);

    Map<String, INDArray> found =
        BothExecutors.evaluate(graph, inputs, List.of(loss.name(), gradient.name()));
    assertThat(found.get(loss.name()).getDouble(0)).isCloseTo(expected, Offset.offset(1e-12));
    BothExecutors.assertClose(
        "gradient",
        found.get(gradient.name()),
        CentralDifferences.of(loss, inputs, 1e-6).get("output"),
        1e-8);
  }

  /** With mean m and variance 1: -log density = (c - m)² / 2 + log(2 pi) / 2. */
  @Test
  void aFixedVarianceLeavesTheSquareOfTheError() {
    Latent latent =
        new Latent(
            List.of(
                new Latent.Continuous(2, new Distribution.Uniform(-1, 1), false),
                new Latent.Categorical(2)));
    assertThat(latent.recognitionSize()).isEqualTo(4);
    SameDiff graph = SameDiff.create();
    SDVariable codes = graph.placeHolder("codes", DataType.DOUBLE, 2, 4);
    SDVariable outputs = graph.placeHolder("outputs", DataType.DOUBLE, 2, 4);
    SDVariable loss = new Recognition(1, network(4), 1, 0.5).emitLoss(latent, codes, outputs);
    SDVariable gradient = Gradients.of(loss, List.of(outputs)).get(0);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put(
        "codes",
        Draws.array(DataType.DOUBLE, new double[] {0.5, -1, 1, 0, 0.25, 0.75, 0, 1}, 2, 4));
    // The logits of both classes are the same, so the categorical code costs log 2.
    inputs.put(
        "outputs", Draws.array(DataType.DOUBLE, new double[] {1.5, 1, 3, 3, 0.25, 0, 0, 0}, 2, 4));

    Map<String, INDArray> found =
        BothExecutors.evaluate(graph, inputs, List.of(loss.name(), gradient.name()));

    // Squares of the errors: 1 and 4, then 0 and 0.5625; two terms of log(2 pi) an example.
    double likelihood = (1 + 4 + 0.5625) / 2 / 2 + Math.log(2 * Math.PI);
    assertThat(found.get(loss.name()).getDouble(0))
        .isCloseTo(0.5 * likelihood + Math.log(2), Offset.offset(1e-12));
    // 0.5 (m - c) / 2 for the means; (softmax - code) / 2 for the logits.
    assertThat(BothExecutors.values(found.get(gradient.name())))
        .containsExactly(
            new double[] {0.25, 0.5, -0.25, 0.25, 0, -0.1875, 0.25, -0.25}, Offset.offset(1e-12));
  }

  private static double crossEntropy(double[] codes, int at, double[] logits, int from, int n) {
    double sum = 0;
    double chosen = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(logits[from + i]);
      chosen += codes[at + i] * logits[from + i];
    }
    return Math.log(sum) - chosen;
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    SameDiff graph = SameDiff.create();
    Latent latent = new Latent(List.of(new Latent.Categorical(2)));
    SDVariable code = graph.placeHolder("code", DataType.FLOAT, 1, 2);
    SDVariable logits = graph.placeHolder("logits", DataType.FLOAT, 1, 2);
    SDVariable loss = new Recognition(1, network(2), 1, 0).emitLoss(latent, code, logits);
    Map<String, INDArray> inputs =
        Map.of(
            "code", Draws.array(DataType.FLOAT, new double[] {0, 1}, 1, 2),
            "logits", Draws.array(DataType.FLOAT, new double[] {1000, 200}, 1, 2));
    assertThat(BothExecutors.evaluate(graph, inputs, List.of(loss.name())).get(loss.name()))
        .extracting(value -> value.getDouble(0))
        .isEqualTo(800.0);
  }

  @Test
  void bothStepsTrainOnTheLossAndOnlyTheDiscriminatorsMovesRecognition() {
    Gan gan = gan(network(9));
    StepGraph d = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT);
    StepGraph g = StepGraph.emitGeneratorStep(gan, BATCH, DataType.FLOAT);
    assertThat(d.gradients().keySet())
        .containsExactly(
            "discriminator/0_dense/weight",
            "discriminator/0_dense/bias",
            "discriminator/2_dense/weight",
            "discriminator/2_dense/bias",
            "recognition/0_dense/weight",
            "recognition/0_dense/bias");
    assertThat(g.gradients().keySet()).allMatch(path -> path.startsWith("generator/"));
    assertThat(g.numbers()).containsKey(StepReport.GENERATOR_RECOGNITION_LOSS);
  }

  @Test
  void refusesOutputsThatDoNotFitTheCodes() {
    assertThatThrownBy(() -> gan(network(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the latent's codes need 9 outputs")
        .hasMessageContaining("found 8");
  }

  @Test
  void refusesNegativeWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Recognition(1, network(9), Double.NaN, 0.1))
        .withMessageContaining("rounded to 0 as 32-bit floats, found NaN and 0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Recognition(1, network(9), 1, -0.1))
        .withMessageContaining(
            "must be at least 0, finite and not rounded to 0 as 32-bit floats, found 1.0 and -0.1");
  }

  @Test
  void refusesToShareWhatTheDiscriminatorDoesNotHave() {
    for (int layers : new int[] {0, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gan(new Recognition(layers, network(9), 1, 0.1)))
          .withMessageContainingAll("share from 1 to 3 layers", "found " + layers);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan(new Recognition(3, network(9), 1, 0.1)))
        .withMessage("recognition takes 4 but layer 2 of the discriminator gives 1");
  }

  @Test
  void refusesCodesThatDoNotSumToTheGeneratorsInput() {
    Gan gan = gan(network(9));
    Latent shorter = new Latent(LATENT.parts().subList(0, 3));
    assertThatThrownBy(
            () ->
                new Gan(
                    "x",
                    shorter,
                    gan.generator(),
                    gan.discriminator(),
                    gan.recognition(),
                    gan.recipe(),
                    PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the generator takes 9 but the latent has 7 values");
  }

  @Test
  void refusesVariancesThatAreNotRead() {
    Gan gan = gan(network(9));
    List<Latent.Part> parts = new ArrayList<>(LATENT.parts());
    parts.set(2, new Latent.Continuous(2, new Distribution.Uniform(-1, 1), false));
    assertThatThrownBy(
            () ->
                new Gan(
                    "x",
                    new Latent(parts),
                    gan.generator(),
                    gan.discriminator(),
                    gan.recognition(),
                    gan.recipe(),
                    PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("the latent's codes need 7 outputs", "found 9");
  }

  @Test
  void refusesCodesThatNothingReads() {
    Gan gan = gan(network(9));
    assertThatThrownBy(
            () ->
                new Gan(
                    "x",
                    LATENT,
                    gan.generator(),
                    gan.discriminator(),
                    null,
                    gan.recipe(),
                    PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no recognition network");
  }

  private static Network network(int outputs) {
    return Network.of(Shape.of(4), new Dense(outputs));
  }

  private static Gan gan(Network recognition) {
    return gan(new Recognition(2, recognition, 1, 0.1));
  }

  private static Gan gan(Recognition recognition) {
    return new Gan(
        "custom",
        LATENT,
        Network.of(Shape.of(9), new Dense(5)),
        Network.of(Shape.of(5), new Dense(4), new Activation.LeakyRelu(0.1), new Dense(1)),
        recognition,
        Recipe.of(new Objective.NonSaturating()),
        PixelRange.UNIT);
  }
}
