package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;
import org.samegan.core.gan.Recognition;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.ConditionalGan.Numbers;

/** Labels on their way from the data and the latent to the networks. */
class LabelTest {
  private static final Numbers DATA = new Numbers(List.of(0, 1, 2, 1, 0, 2, 2, 1, 0, 1), 3);
  // 0 and 1 are exact; the first layer's products are summed by floats.
  private static final Offset<Double> EXACT = Offset.offset(1e-6);

  @Test
  void realExamplesMeetTheirOwnLabelsAndFakesThoseTheyWereMadeFrom() {
    Gan gan = ConditionalGan.gan(new Objective.Wasserstein());
    for (float c : new float[] {0, 1}) {
      try (Trainer trainer = new Trainer(gan, DATA, 4, 3)) {
        trainer.restore(ConditionalGan.state(c));
        trainer.train(
            5,
            (report, t) -> {
              assertThat(report.get(StepReport.REAL_SCORE)).as("mean |x - y|").isCloseTo(0, EXACT);
              assertThat(report.get(StepReport.FAKE_SCORE))
                  .as("mean |y + c - y|")
                  .isCloseTo(c, EXACT);
            });
      }
    }
  }

  @Test
  void aGeneratorThatIsComparedWithRealExamplesSeesTheirLabelsToo() {
    Gan gan = ConditionalGan.gan(new Objective.Relativistic());
    try (Trainer trainer = new Trainer(gan, DATA, 4, 3)) {
      trainer.restore(ConditionalGan.state(0));
      trainer.train(
          5,
          (report, t) ->
              assertThat(report.get(StepReport.GENERATOR_LOSS))
                  .as("softplus of the difference of two distances of 0")
                  .isCloseTo(Math.log(2), EXACT));
    }
  }

  @Test
  void theConditionalDiscriminatorsGraphTakesExamplesAndLabels() {
    InferenceGraph graph =
        InferenceGraph.emit(
            ConditionalGan.gan(new Objective.Wasserstein()),
            GanNetwork.DISCRIMINATOR,
            ConditionalGan.state(0).arrays());
    assertThat(graph.inputs()).containsExactly("image", "labels");
    Map<String, INDArray> inputs =
        Map.of(
            "image", Draws.array(DataType.FLOAT, new double[] {2, 2, 0.5}, 3, 1),
            "labels", Draws.array(DataType.FLOAT, new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, 3, 3));
    INDArray logits =
        BothExecutors.evaluate(graph.graph(), inputs, List.of(graph.output())).get(graph.output());
    assertThat(BothExecutors.values(logits)).containsExactly(0, 2, 0.5);
  }

  @Test
  void chosenLabelsReplaceTheDrawnOnesAndLeaveTheNoise() {
    Gan gan = ConditionalGan.gan(new Objective.Wasserstein());
    TrainingState state = ConditionalGan.state(0);
    state.arrays().get("generator/0_dense/weight").putScalar(0, 0, 10);
    InferenceGraph graph = InferenceGraph.emit(gan, GanNetwork.GENERATOR, state.arrays());
    float[] latents = Latents.drawn(gan.latent(), 8).first(70);
    LatentSource classes = Latents.drawn(gan.latent(), 8).withLabels(i -> (i / 2) % 3);
    try (TrainedGenerator sampler =
        new CompiledGenerator(graph.graph(), gan.latent(), gan.exampleShape(), gan.pixelRange())) {
      float[] chosen = sampler.sample(0, 70, classes);
      float[] drawn = sampler.sample(0, 70, 8);
      for (int i = 0; i < 70; i++) {
        float noise = 10 * latents[4 * i];
        float label = latents[4 * i + 2] + 2 * latents[4 * i + 3];
        assertThat(chosen[i]).isCloseTo(noise + (i / 2) % 3, Offset.offset(1e-4f));
        assertThat(drawn[i]).isCloseTo(noise + label, Offset.offset(1e-4f));
      }
      assertThat(sampler.sample(65, 5, classes))
          .containsExactly(chosen[65], chosen[66], chosen[67], chosen[68], chosen[69]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sampler.sample(0, 1, Latents.drawn(gan.latent(), 8).withLabel(3)))
          .withMessage("the model's classes are 0 to 2, found class 3");
    }
  }

  @Test
  void noClassCanBeChosenWithoutLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latents.drawn(TinyGan.gan().latent(), 1).withLabel(0))
        .withMessageContaining("takes no label");
  }

  @Test
  void everyClassIsDrawnAsOften() {
    FloatBuffer drawn = FloatBuffer.allocate(4 * 3000);
    ConditionalGan.LATENT.fill(RandomStream.of(1, "latent", 0), drawn);
    int[] counts = new int[3];
    for (int i = 0; i < 3000; i++) {
      float sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += drawn.get(4 * i + 1 + k);
        counts[k] += (int) drawn.get(4 * i + 1 + k);
      }
      assertThat(sum).isEqualTo(1);
    }
    // Three standard deviations of a binomial count of 3000 with probability 1/3: 77.
    for (int count : counts) {
      assertThat(count).isBetween(923, 1077);
    }
  }

  @Test
  void refusesDataThatDoesNotFitTheLabel() {
    refuses(
        new Numbers(DATA.labels(), 0), "the data has none", "folders, one a class", "labels' file");
    refuses(new Numbers(List.of(0, 1, 1, 0), 2), "has 3 classes but the data has 2");
    refuses(new Numbers(List.of(0, 2, 2, 0), 3), "no example of class 1 ('one')", "add examples");
  }

  private static void refuses(Numbers data, String... message) {
    Gan gan = ConditionalGan.gan(new Objective.Wasserstein());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(gan, data, 2, 1))
        .withMessageContainingAll(message);
  }

  @Test
  void refusesSeveralLabelsAndASingleClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConditionalGan.LATENT.with(new Latent.Label(2)))
        .withMessageContainingAll("one label at most", "found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latent.Label(1))
        .withMessageContainingAll("at least 2 classes", "found 1");
  }

  @Test
  void refusesALabelThatNothingLooksAtOrThatIsReadOffTheInput() {
    Network generator = Network.of(Shape.of(4), new Dense(2));
    Network discriminator = Network.of(Shape.of(2), new Dense(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gan.of(ConditionalGan.LATENT, generator, discriminator))
        .withMessageContainingAll("nothing compares it", "take 5");
    Network conditional = Network.of(Shape.of(5), new Dense(1));
    Gan gan = Gan.of(ConditionalGan.LATENT, generator, conditional);
    assertThat(gan.exampleShape()).isEqualTo(Shape.of(2));
    assertThat(gan.discriminatorTakesLabels()).isTrue();
    Recognition recognition = new Recognition(1, Network.of(Shape.of(1), new Dense(3)), 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Gan(
                    "custom",
                    gan.latent(),
                    generator,
                    conditional,
                    recognition,
                    gan.recipe(),
                    gan.pixelRange()))
        .withMessageContainingAll("read them off its input", "no recognition network");
  }
}
