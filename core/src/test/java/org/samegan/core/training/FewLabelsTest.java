package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PartlyLabelled;
import org.samegan.core.data.PixelRange;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.gradient.CentralDifferences;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;
import org.samegan.core.schedule.Schedule;

/** GANs that learn labels which only some of the real examples have. */
class FewLabelsTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final FewLabels FEW = new FewLabels(2.5, 0, RandomAffine.IDENTITY);

  /** A trunk of two layers, with a logit and three classes on it. */
  private static Gan gan(Shape example, FewLabels few) {
    int values = example.elements();
    return new Gan(
        "custom",
        Latent.normal(2).with(new Latent.Label(CLASSES)),
        Network.of(Shape.of(5), new Dense(values), Reshape.to(values), new Reshape(example)),
        Network.of(example, Reshape.to(values), new Dense(3), new Activation.Tanh(), new Dense(1)),
        new Recognition(3, Network.of(Shape.of(3), new Dense(3)), 0.7, 0, few),
        Recipe.of(new Objective.NonSaturating()),
        PixelRange.SIGNED_UNIT);
  }

  /** Examples of three values that are 1 at their label's place. */
  private static class OneHots implements Dataset {
    private final int size;

    OneHots(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Shape exampleShape() {
      return Shape.of(CLASSES);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (int i = 0; i < CLASSES; i++) {
        destination.put(i == label(index) ? 1 : 0);
      }
    }

    @Override
    public Classes classes() {
      return Classes.of(CLASSES);
    }

    @Override
    public int label(int index) {
      return index % CLASSES;
    }
  }

  private static Gan gan() {
    return gan(Shape.of(CLASSES), FEW);
  }

  @Test
  void theDiscriminatorsLossHasTheCrossEntropyOfLabelledExamplesBesideTheBatch() {
    StepGraph step = StepGraph.emitDiscriminatorStep(gan(), BATCH, DataType.DOUBLE);
    assertThat(step.graph().inputs())
        .contains(StepGraph.REAL, StepGraph.LABELLED, StepGraph.LABELS);
    Map<String, INDArray> inputs = inputs(step);
    double[] latents = BothExecutors.values(inputs.get("discriminator_step/latent"));
    double[] labels = BothExecutors.values(inputs.get(StepGraph.LABELS));
    double[] fakes = dense(inputs, "generator/0_dense", latents, 5, 3);
    double[] realTrunk = trunk(inputs, BothExecutors.values(inputs.get(StepGraph.REAL)));
    double[] fakeTrunk = trunk(inputs, fakes);
    double[] labelledTrunk = trunk(inputs, BothExecutors.values(inputs.get(StepGraph.LABELLED)));
    double[] realLogits = dense(inputs, "discriminator/3_dense", realTrunk, 3, 1);
    double[] fakeLogits = dense(inputs, "discriminator/3_dense", fakeTrunk, 3, 1);
    double[] readOfFakes = dense(inputs, "recognition/0_dense", fakeTrunk, 3, 3);
    double[] readOfLabelled = dense(inputs, "recognition/0_dense", labelledTrunk, 3, 3);
    double adversarial = 0;
    double codes = 0;
    double given = 0;
    for (int b = 0; b < BATCH; b++) {
      adversarial += Math.log1p(Math.exp(-realLogits[b])) + Math.log1p(Math.exp(fakeLogits[b]));
      codes += 0.7 * crossEntropy(readOfFakes, b, latents, 5 * b + 2);
      given += 2.5 * crossEntropy(readOfLabelled, b, labels, 3 * b);
    }
    Map<String, Double> numbers = numbers(step, inputs);
    Offset<Double> exact = Offset.offset(1e-12);
    assertThat(numbers.get(StepReport.LABEL_LOSS)).isCloseTo(given / BATCH, exact);
    assertThat(numbers.get(StepReport.DISCRIMINATOR_RECOGNITION_LOSS))
        .isCloseTo((codes + given) / BATCH, exact);
    assertThat(numbers.get(StepReport.DISCRIMINATOR_LOSS))
        .isCloseTo((adversarial + codes + given) / BATCH, exact);
  }

  @Test
  void theStepsGradientsAreThoseOfCentralDifferences() {
    StepGraph step = StepGraph.emitDiscriminatorStep(gan(), BATCH, DataType.DOUBLE);
    Map<String, INDArray> inputs = inputs(step);
    SDVariable loss = step.graph().getVariable(step.numbers().get(step.loss()));
    Map<String, INDArray> expected =
        CentralDifferences.of(loss, inputs, step.gradients().keySet(), 1e-6);
    Map<String, INDArray> found =
        BothExecutors.evaluate(step.graph(), inputs, List.copyOf(step.gradients().values()));
    step.gradients()
        .forEach(
            (path, gradient) ->
                BothExecutors.assertClose(path, found.get(gradient), expected.get(path), 1e-6));
  }

  /** Until then recognition learns the label from those that have one alone. */
  @Test
  void generatedExamplesCountForTheLabelByTheirShareOfTheLead() {
    FewLabels leading = new FewLabels(2.5, 20, RandomAffine.IDENTITY);
    Schedule share = leading.shareOfGenerated();
    assertThat(List.of(share.at(0), share.at(5), share.at(20), share.at(1000)))
        .containsExactly(0.0, 0.25, 1.0, 1.0);
    StepGraph whole = StepGraph.emitDiscriminatorStep(gan(), BATCH, DataType.DOUBLE);
    StepGraph step =
        StepGraph.emitDiscriminatorStep(gan(Shape.of(CLASSES), leading), BATCH, DataType.DOUBLE);
    assertThat(step.schedules()).hasSize(1).containsValue(share);
    String input = step.schedules().keySet().iterator().next();
    Map<String, INDArray> inputs = inputs(whole);
    Map<String, Double> all = numbers(whole, inputs);
    double ofLabelled = all.get(StepReport.LABEL_LOSS);
    double ofGenerated = all.get(StepReport.DISCRIMINATOR_RECOGNITION_LOSS) - ofLabelled;
    for (double part : new double[] {0, 0.25, 1}) {
      inputs.put(input, Nd4j.scalar(part));
      Map<String, Double> numbers = numbers(step, inputs);
      assertThat(numbers.get(StepReport.LABEL_LOSS)).isEqualTo(ofLabelled);
      assertThat(numbers.get(StepReport.DISCRIMINATOR_RECOGNITION_LOSS))
          .isCloseTo(ofLabelled + part * ofGenerated, Offset.offset(1e-12));
    }
    StepGraph generators =
        StepGraph.emitGeneratorStep(gan(Shape.of(CLASSES), leading), BATCH, DataType.DOUBLE);
    assertThat(generators.schedules()).isEmpty();
  }

  /** It makes what it is told, and looks at no real example for that. */
  @Test
  void theGeneratorsStepIsThatOfAnyRecognition() {
    StepGraph step = StepGraph.emitGeneratorStep(gan(), BATCH, DataType.DOUBLE);
    assertThat(step.graph().inputs())
        .doesNotContain(StepGraph.REAL, StepGraph.LABELLED, StepGraph.LABELS);
    assertThat(step.numbers()).doesNotContainKey(StepReport.LABEL_LOSS);
  }

  private static double crossEntropy(double[] logits, int b, double[] oneHot, int at) {
    double sum = 0;
    double own = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += Math.exp(logits[CLASSES * b + k]);
      own += oneHot[at + k] * logits[CLASSES * b + k];
    }
    return Math.log(sum) - own;
  }

  private static double[] trunk(Map<String, INDArray> inputs, double[] examples) {
    double[] values = dense(inputs, "discriminator/1_dense", examples, 3, 3);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.tanh(values[i]);
    }
    return values;
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

  private static Map<String, Double> numbers(StepGraph step, Map<String, INDArray> inputs) {
    List<String> wanted = List.copyOf(step.numbers().values());
    Map<String, INDArray> found = BothExecutors.evaluate(step.graph(), inputs, wanted);
    return step.numbers().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> found.get(e.getValue()).getDouble(0)));
  }

  private static Map<String, INDArray> inputs(StepGraph step) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      inputs.put(name, Draws.array(name.hashCode(), DataType.DOUBLE, -0.8, 0.9, shape));
    }
    int[] classes = {2, 0, 1, 1};
    INDArray labels = inputs.get(StepGraph.LABELS);
    INDArray latents = inputs.get("discriminator_step/latent");
    for (int b = 0; b < BATCH; b++) {
      for (int k = 0; k < CLASSES; k++) {
        labels.putScalar(b, k, k == classes[b] ? 1 : 0);
        latents.putScalar(b, 2 + k, k == classes[BATCH - 1 - b] ? 1 : 0);
      }
    }
    return inputs;
  }

  @ParameterizedTest
  @CsvSource({"20, 4", "7, 4", "3, 8", "5, 8"})
  void everyLabelledExampleIsSeenAsOftenAndNoOtherIsAskedForItsLabel(int labelled, int batch) {
    List<Integer> asked = asked(labelled, batch, labelled, 1);
    List<Integer> any = new ArrayList<>();
    List<Integer> withLabels = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      (i / batch % 2 == 0 ? any : withLabels).add(asked.get(i));
    }
    assertThat(any).as("of the batches").anyMatch(index -> index >= labelled);
    // As many steps as there are labelled examples: each of them has been seen batch times.
    Map<Integer, Long> counts =
        withLabels.subList(0, labelled * batch).stream()
            .collect(Collectors.groupingBy(index -> index, Collectors.counting()));
    assertThat(counts.keySet())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, labelled).boxed().toList());
    assertThat(counts.values()).containsOnly((long) batch);
    for (int epoch = 0; epoch < batch; epoch++) {
      assertThat(withLabels.subList(epoch * labelled, (epoch + 1) * labelled))
          .as("epoch %d", epoch)
          .doesNotHaveDuplicates();
    }
    assertThat(asked(labelled, batch, labelled, 1)).isEqualTo(asked);
    assertThat(asked(labelled, batch, labelled, 2)).isNotEqualTo(asked);
  }

  /** Which examples were read: a batch of any and one of labelled ones, in turn. */
  private static List<Integer> asked(int labelled, int batch, int steps, long seed) {
    OneHots some = new OneHots(labelled);
    OneHots others = new OneHots(40);
    List<Integer> all = Collections.synchronizedList(new ArrayList<>());
    Dataset data = new PartlyLabelled(some, others);
    Dataset recorded =
        new Dataset() {
          @Override
          public int size() {
            return data.size();
          }

          @Override
          public Shape exampleShape() {
            return data.exampleShape();
          }

          @Override
          public void copyTo(int index, FloatBuffer destination) {
            all.add(index);
            data.copyTo(index, destination);
          }

          @Override
          public Classes classes() {
            return data.classes();
          }

          @Override
          public int label(int index) {
            return data.label(index);
          }
        };
    try (Trainer trainer = new Trainer(gan(), recorded, batch, seed)) {
      trainer.train(steps, (report, t) -> {});
    }
    return all;
  }

  /** With weights that read an example's own class off it, the loss is as good as none. */
  @Test
  void labelsAreThoseOfTheLabelledExamples() {
    Gan gan = gan();
    Dataset data = new PartlyLabelled(new OneHots(10), new OneHots(10));
    try (Trainer trainer = new Trainer(gan, data, BATCH, 3)) {
      INDArray identity = Nd4j.eye(CLASSES);
      trainer.startFrom(
          Map.of(
              "discriminator/1_dense/weight", identity.mul(3),
              "recognition/0_dense/weight", identity.mul(40)));
      trainer.train(
          5, (report, t) -> assertThat(report.get(StepReport.LABEL_LOSS)).isLessThan(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "2, 2", "4, 1"})
  void aRestoredRunIsTheUninterruptedOneToTheBit(int shards, int interruption) {
    Gan gan = gan(Shape.of(8, 8, 1), new FewLabels(1, 3, RandomAffine.SLIGHT));
    Dataset data = new PartlyLabelled(new Pictures(7), new Pictures(12));
    Sharding sharding = Sharding.of(8, shards);
    List<StepReport> reports = new ArrayList<>();
    TrainingState[] saved = new TrainingState[1];
    Map<String, double[]> whole;
    try (Trainer trainer = new Trainer(gan, data, sharding, 7, Backend.nd4j())) {
      trainer.train(
          4,
          (report, t) -> {
            reports.add(report);
            if (report.step() == interruption) {
              saved[0] = TinyGan.copy(t.state());
            }
          });
      whole = TinyGan.values(trainer.state().arrays());
    }
    try (Trainer trainer = new Trainer(gan, data, sharding, 7, Backend.nd4j())) {
      trainer.restore(saved[0]);
      List<StepReport> again = new ArrayList<>();
      trainer.train(4 - interruption, (report, t) -> again.add(report));
      assertThat(again).isEqualTo(reports.subList(interruption, 4));
      TinyGan.values(trainer.state().arrays())
          .forEach((path, values) -> assertThat(values).as(path).isEqualTo(whole.get(path)));
    }
  }

  /** Random pictures with labels. */
  private record Pictures(int size) implements Dataset {
    @Override
    public Shape exampleShape() {
      return Shape.of(8, 8, 1);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (double value : Draws.uniform(100 * size + index, 64, -1, 1)) {
        destination.put((float) value);
      }
    }

    @Override
    public Classes classes() {
      return Classes.of(CLASSES);
    }

    @Override
    public int label(int index) {
      return index % CLASSES;
    }
  }

  /** Labelled pictures are changed each time, the batch's are not. */
  @Test
  void onlyLabelledExamplesAreAugmented() {
    Dataset data = new PartlyLabelled(new Pictures(7), new Pictures(12));
    List<List<Double>> losses = new ArrayList<>();
    for (RandomAffine augmentation : List.of(RandomAffine.IDENTITY, RandomAffine.SLIGHT)) {
      Gan gan = gan(Shape.of(8, 8, 1), new FewLabels(1, 0, augmentation));
      try (Trainer trainer = new Trainer(gan, data, 4, 7)) {
        StepReport first = trainer.step();
        losses.add(List.of(first.get(StepReport.REAL_SCORE), first.get(StepReport.LABEL_LOSS)));
      }
    }
    assertThat(losses.get(1).get(0)).isEqualTo(losses.get(0).get(0));
    assertThat(losses.get(1).get(1)).isNotEqualTo(losses.get(0).get(1));
  }

  @Test
  void refusesDataWithoutLabelsOfEveryClass() {
    Dataset plain = new RecordingData(10, Shape.of(CLASSES));
    refuses(gan(), plain, "the data has none");
    // Labels 0 and 1 only.
    refuses(gan(), new PartlyLabelled(new OneHots(2), new OneHots(9)), "no example of class 2");
    Dataset none =
        new PartlyLabelled(
            new OneHots(4) {
              @Override
              public int label(int index) {
                return UNLABELLED;
              }
            },
            new OneHots(9));
    refuses(gan(), none, "none of the data's 13 examples has a label");
  }

  @Test
  void refusesExamplesWithoutLabelsWhereAllAreNeeded() {
    refuses(
        gan(Shape.of(CLASSES), null),
        new PartlyLabelled(new OneHots(6), new OneHots(9)),
        "example 6 of the data has no label",
        "ssinfogan");
  }

  private static void refuses(Gan gan, Dataset data, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(gan, data, BATCH, 1))
        .withMessageContainingAll(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.requireFit(gan, data, BATCH))
        .withMessageContainingAll(message);
  }

  @Test
  void refusesAWeightThatIsNoneALeadBelowItAndALatentWithoutALabel() {
    for (double weight : new double[] {0, -1, Double.NaN, 1e-60}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FewLabels(weight, 0, RandomAffine.IDENTITY))
          .withMessageContainingAll("weight of the labels must be more than 0", "found " + weight);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FewLabels(1, -1, RandomAffine.IDENTITY))
        .withMessageContaining("0 steps or more, found -1");
    Latent codes =
        new Latent(List.of(Latent.normal(2).parts().get(0), new Latent.Categorical(CLASSES)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Gan(
                    "custom",
                    codes,
                    gan().generator(),
                    gan().discriminator(),
                    gan().recognition(),
                    gan().recipe(),
                    PixelRange.SIGNED_UNIT))
        .withMessageContaining("the latent has no label");
  }
}
