package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Conditioning;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.gradient.CentralDifferences;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;

/** The steps of GANs with labels: losses by hand, gradients by central differences. */
class ConditionalStepTest {
  private static final int BATCH = 3;
  private static final Shape IMAGE = Shape.of(4, 6, 2);
  private static final Latent.Label LABEL = new Latent.Label(3);
  private static final Latent LATENT = Latent.normal(2).with(LABEL);
  private static final Network GENERATOR =
      Network.of(Shape.of(5), new Dense(48), new Activation.Tanh(), new Reshape(IMAGE));

  private static Gan conditional(Objective objective, GradientPenalty... penalties) {
    Network discriminator =
        Network.of(
            LABEL.appendedTo(IMAGE),
            new Conv2d(4, 4, 2, Padding.of(1)),
            new Activation.Tanh(),
            Reshape.to(24),
            new Dense(1));
    return Gan.of(LATENT, GENERATOR, discriminator)
        .withRecipe(Recipe.of(objective).withPenalties(penalties));
  }

  /** A trunk of one layer, with a logit and three classes on it. */
  private static Gan classifying() {
    Network discriminator =
        Network.of(IMAGE, Reshape.to(48), new Dense(4), new Activation.Tanh(), new Dense(1));
    return new Gan(
        "custom",
        LATENT,
        GENERATOR,
        discriminator,
        new Recognition(3, Network.of(Shape.of(4), new Dense(3)), 0.7, 0),
        Recipe.of(new Objective.NonSaturating()),
        PixelRange.SIGNED_UNIT);
  }

  @Test
  void anImageGetsAPlaneForEachClass() {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.DOUBLE, BATCH, 4, 6, 2);
    SDVariable labels = graph.placeHolder("labels", DataType.DOUBLE, BATCH, 3);
    SDVariable joined = Conditioning.emit(image, IMAGE, labels, LABEL);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put("image", Draws.array(1, DataType.DOUBLE, -1, 1, new long[] {BATCH, 4, 6, 2}));
    inputs.put("labels", labels(0, 2, 1));

    INDArray found =
        BothExecutors.evaluate(graph, inputs, List.of(joined.name())).get(joined.name());

    assertThat(LABEL.appendedTo(IMAGE)).isEqualTo(Shape.of(4, 6, 5));
    assertThat(found.shape()).isEqualTo(LABEL.appendedTo(IMAGE).batch(BATCH));
    for (int b = 0; b < BATCH; b++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 6; column++) {
          for (int channel = 0; channel < 5; channel++) {
            double expected =
                channel < 2
                    ? inputs.get("image").getDouble(b, row, column, channel)
                    : inputs.get("labels").getDouble(b, channel - 2);
            assertThat(found.getDouble(b, row, column, channel)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Points.class)
  void penalisedConditionalCriticsGradientsAreThoseOfCentralDifferences(Points points) {
    Gan gan = conditional(new Objective.Wasserstein(), new GradientPenalty(points, 10, 0.3, false));
    checkGradients(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE));
  }

  @Test
  void theOtherStepsGradientsAreThoseOfCentralDifferences() {
    // The relativistic loss needs real examples in the generator's step too.
    for (Gan gan : List.of(conditional(new Objective.Relativistic()), classifying())) {
      checkGradients(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE));
      checkGradients(StepGraph.emitGeneratorStep(gan, BATCH, DataType.DOUBLE));
    }
  }

  private static void checkGradients(StepGraph step) {
    Map<String, INDArray> inputs = inputs(step);
    SDVariable loss = step.graph().getVariable(step.numbers().get(step.loss()));
    Map<String, INDArray> expected =
        CentralDifferences.of(loss, inputs, step.gradients().keySet(), 1e-6);
    Map<String, INDArray> found =
        BothExecutors.evaluate(step.graph(), inputs, List.copyOf(step.gradients().values()));
    step.gradients()
        .forEach(
            (path, gradient) ->
                // Central differences with this step are good to about 1e-9 of the loss.
                BothExecutors.assertClose(path, found.get(gradient), expected.get(path), 1e-6));
  }

  /** The critic is linear, so the gradient by the image is its weights for the image's channels. */
  @Test
  void thePenaltyIsOnTheGradientByTheImageAlone() {
    Network linear = Network.of(LABEL.appendedTo(IMAGE), Reshape.to(120), new Dense(1));
    for (Points points : Points.values()) {
      GradientPenalty penalty = new GradientPenalty(points, 10, 0, false);
      Gan plain =
          Gan.of(LATENT, GENERATOR, linear).withRecipe(Recipe.of(new Objective.Wasserstein()));
      StepGraph with =
          StepGraph.emitDiscriminatorStep(
              plain.withRecipe(plain.recipe().withPenalties(penalty)), BATCH, DataType.DOUBLE);
      StepGraph without = StepGraph.emitDiscriminatorStep(plain, BATCH, DataType.DOUBLE);
      Map<String, INDArray> inputs = inputs(with);
      // The generated examples' own: for points between, both steps draw the same examples then.
      inputs.put(StepGraph.LABELS, labels(1, 2, 2));
      double[] weight = BothExecutors.values(inputs.get("discriminator/1_dense/weight"));
      double squares = 0;
      for (int i = 0; i < weight.length; i++) {
        squares += i % 5 < 2 ? weight[i] * weight[i] : 0;
      }
      assertThat(loss(with, inputs) - loss(without, inputs))
          .as(points.toString())
          .isCloseTo(10 * squares, Offset.offset(1e-9));
    }
  }

  @Test
  void anAuxiliaryClassifierIsTrainedOnRealAndFakeByTheDiscriminatorAndOnFakesByTheGenerator() {
    Gan gan = classifying();
    StepGraph d = StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.DOUBLE);
    StepGraph g = StepGraph.emitGeneratorStep(gan, BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(d);
    double[] realLabels = BothExecutors.values(inputs.get(StepGraph.LABELS));
    Forward real = new Forward(inputs, BothExecutors.values(inputs.get(StepGraph.REAL)));
    Forward fake = new Forward(inputs, generated(inputs));
    double[] latent = BothExecutors.values(inputs.get("discriminator_step/latent"));
    double read = 0;
    double adversarial = 0;
    double fooled = 0;
    double readOfFakes = 0;
    for (int b = 0; b < BATCH; b++) {
      double ofFake = fake.crossEntropy(b, latent, 5 * b + 2);
      readOfFakes += 0.7 * ofFake / BATCH;
      read += 0.7 * (real.crossEntropy(b, realLabels, 3 * b) + ofFake) / BATCH;
      adversarial +=
          (Math.log1p(Math.exp(-real.logits[b])) + Math.log1p(Math.exp(fake.logits[b]))) / BATCH;
      fooled += Math.log1p(Math.exp(-fake.logits[b])) / BATCH;
    }
    assertThat(loss(d, inputs)).isCloseTo(adversarial + read, Offset.offset(1e-12));
    assertThat(value(d, inputs, d.numbers().get(StepReport.DISCRIMINATOR_RECOGNITION_LOSS)))
        .isCloseTo(read, Offset.offset(1e-12));
    assertThat(g.graph().inputs()).doesNotContain(StepGraph.LABELS, StepGraph.REAL);
    Map<String, INDArray> same = new LinkedHashMap<>(inputs);
    same.put("generator_step/latent", inputs.get("discriminator_step/latent"));
    assertThat(loss(g, same)).isCloseTo(fooled + readOfFakes, Offset.offset(1e-12));
  }

  /** The classifying discriminator's outputs by plain loops. */
  private static final class Forward {
    final double[] logits = new double[BATCH];
    final double[] classes = new double[3 * BATCH];

    Forward(Map<String, INDArray> inputs, double[] images) {
      double[] features = dense(inputs, "discriminator/1_dense", images, 48, 4);
      for (int i = 0; i < features.length; i++) {
        features[i] = Math.tanh(features[i]);
      }
      System.arraycopy(dense(inputs, "discriminator/3_dense", features, 4, 1), 0, logits, 0, BATCH);
      System.arraycopy(
          dense(inputs, "recognition/0_dense", features, 4, 3), 0, classes, 0, 3 * BATCH);
    }

    double crossEntropy(int b, double[] labels, int at) {
      double sum = 0;
      double own = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.exp(classes[3 * b + k]);
        own += labels[at + k] * classes[3 * b + k];
      }
      return Math.log(sum) - own;
    }
  }

  private static double[] generated(Map<String, INDArray> inputs) {
    double[] latent = BothExecutors.values(inputs.get("discriminator_step/latent"));
    double[] images = dense(inputs, "generator/0_dense", latent, 5, 48);
    for (int i = 0; i < images.length; i++) {
      images[i] = Math.tanh(images[i]);
    }
    return images;
  }

  private static double[] dense(
      Map<String, INDArray> inputs, String path, double[] x, int from, int to) {
    double[] weight = BothExecutors.values(inputs.get(path + "/weight"));
    double[] bias = BothExecutors.values(inputs.get(path + "/bias"));
    double[] y = new double[BATCH * to];
    for (int b = 0; b < BATCH; b++) {
      for (int j = 0; j < to; j++) {
        y[b * to + j] = bias[j];
        for (int i = 0; i < from; i++) {
          y[b * to + j] += x[b * from + i] * weight[i * to + j];
        }
      }
    }
    return y;
  }

  private static double loss(StepGraph step, Map<String, INDArray> inputs) {
    return value(step, inputs, step.numbers().get(step.loss()));
  }

  private static double value(StepGraph step, Map<String, INDArray> inputs, String variable) {
    Map<String, INDArray> own = new LinkedHashMap<>(inputs);
    own.keySet().retainAll(step.graph().inputs());
    return BothExecutors.evaluate(step.graph(), own, List.of(variable)).get(variable).getDouble(0);
  }

  private static INDArray labels(int... classes) {
    double[] oneHot = new double[3 * classes.length];
    for (int i = 0; i < classes.length; i++) {
      oneHot[3 * i + classes[i]] = 1;
    }
    return Draws.array(DataType.DOUBLE, oneHot, classes.length, 3);
  }

  private static Map<String, INDArray> inputs(StepGraph step) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      inputs.put(name, Draws.array(name.hashCode(), DataType.DOUBLE, -0.8, 0.9, shape));
    }
    inputs.computeIfPresent(StepGraph.LABELS, (name, drawn) -> labels(2, 0, 1));
    inputs.forEach(
        (name, drawn) -> {
          if (name.endsWith("/latent")) {
            INDArray fakeLabels = labels(1, 2, 2);
            for (int b = 0; b < BATCH; b++) {
              for (int k = 0; k < 3; k++) {
                drawn.putScalar(b, 2 + k, fakeLabels.getDouble(b, k));
              }
            }
          }
        });
    return inputs;
  }
}
