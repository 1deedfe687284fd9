package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Network;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;

/**
 * The theory of Goodfellow et al. 2014, section 4, in one dimension: against a fixed generator a
 * trained discriminator becomes p_data / (p_data + p_g).
 */
class OptimalDiscriminatorTest {
  private static final int BATCH = 500;
  // Adam moves by its rate at most: the generator stays where it is.
  private static final Adam FROZEN = new Adam(1e-30, 0.5, 0.999);

  /** Numbers from N(mean, 1). */
  private record Normal(double mean) implements Dataset {
    @Override
    public int size() {
      return 50_000;
    }

    @Override
    public Shape exampleShape() {
      return Shape.of(1);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      RandomStream stream = RandomStream.of(77, "data", index);
      destination.put(new Distribution.Normal(mean, 1).sample(stream));
    }
  }

  /** The generator is z + mean with z from N(0, 1). */
  private static Gan gan(double mean, Network discriminator, double learningRate) {
    Network identity = Network.of(Shape.of(1), new Dense(1).withInitializer(Initializer.ONES));
    Gan gan =
        Gan.of(
            new Latent(List.of(new Latent.Noise(1, new Distribution.Normal(mean, 1)))),
            identity,
            discriminator);
    return gan.withRecipe(gan.recipe().withOptimizers(FROZEN, new Adam(learningRate, 0.9, 0.999)));
  }

  private static Network nonlinear() {
    return Network.of(
        Shape.of(1),
        new Dense(16).withInitializer(new Initializer.Normal(0, 2)),
        new Activation.Tanh(),
        new Dense(1).withInitializer(new Initializer.Normal(0, 2)));
  }

  /** Theorem 1: for p_g = p_data, D = 1/2 everywhere and V = -log 4. */
  @Test
  void againstAPerfectGeneratorDBecomesAHalfAndVMinusLogFour() {
    Normal data = new Normal(0);
    TrainingState rough;
    double atFirst;
    try (Trainer trainer = new Trainer(gan(0, nonlinear(), 1e-2), data, BATCH, 1)) {
      atFirst = -trainer.step().get(StepReport.DISCRIMINATOR_LOSS);
      trainer.train(400, (report, t) -> {});
      rough = TinyGan.copy(trainer.state());
    }
    try (Trainer trainer = new Trainer(gan(0, nonlinear(), 1e-3), data, BATCH, 1)) {
      trainer.restore(rough);
      trainer.train(500, (report, t) -> {});
      double[] sums = new double[3];
      trainer.train(
          100,
          (report, t) -> {
            sums[0] -= report.get(StepReport.DISCRIMINATOR_LOSS) / 100;
            sums[1] += report.get(StepReport.REAL_SCORE) / 100;
            sums[2] += report.get(StepReport.FAKE_SCORE) / 100;
          });

      assertThat(atFirst).as("it starts far away").isLessThan(-2);
      assertThat(sums[0]).isCloseTo(-Math.log(4), Offset.offset(0.02));
      assertThat(sums[1]).isCloseTo(0.5, Offset.offset(0.02));
      assertThat(sums[2]).isCloseTo(0.5, Offset.offset(0.02));
      for (double x = -2; x <= 2; x += 0.25) {
        assertThat(probability(trainer, x)).as("D(%s)", x).isCloseTo(0.5, Offset.offset(0.05));
      }
    }
  }

  /** Proposition 1, for N(1, 1) and N(-1, 1): p / (p + q) = sigmoid(2 x). */
  @Test
  void betweenTwoNormalsDBecomesTheRatioOfTheDensities() {
    Network linear = Network.of(Shape.of(1), new Dense(1));
    try (Trainer trainer = new Trainer(gan(-1, linear, 2e-2), new Normal(1), BATCH, 1)) {
      trainer.train(500, (report, t) -> {});

      for (double x = -2; x <= 2; x += 0.25) {
        double expected = 1 / (1 + Math.exp(-2 * x));
        // 50000 examples and the last steps' noise leave about 0.01.
        assertThat(probability(trainer, x)).isCloseTo(expected, Offset.offset(0.03));
      }
    }
  }

  private static double probability(Trainer trainer, double x) {
    InferenceGraph d =
        InferenceGraph.emit(trainer.gan(), GanNetwork.DISCRIMINATOR, trainer.state().arrays());
    INDArray input = Draws.array(DataType.FLOAT, new double[] {x}, 1, 1);
    double logit =
        BothExecutors.evaluate(d.graph(), Map.of(d.input(), input), List.of(d.output()))
            .get(d.output())
            .getDouble(0);
    return 1 / (1 + Math.exp(-logit));
  }
}
