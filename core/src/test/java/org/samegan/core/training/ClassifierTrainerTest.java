package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Network;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.Sgd;

class ClassifierTrainerTest {
  private static final int INPUTS = 4;
  private static final int HIDDEN = 5;
  private static final int CLASSES = 3;

  /** Sums of a few dozen products of numbers below 1, in floats, over a few steps. */
  private static final Offset<Double> FLOATS = Offset.offset(2e-6);

  private static final LabelledPoints POINTS = LabelledPoints.random(6, INPUTS, CLASSES);

  private static Classifier classifier() {
    return Classifier.of(
        Network.of(Shape.of(INPUTS), new Dense(HIDDEN), new Activation.Tanh(), new Dense(CLASSES)),
        Classes.of(CLASSES),
        PixelRange.UNIT);
  }

  private static ClassifierTrainer trainer(
      Optimizer optimizer,
      MovingAverage average,
      Augmentation augmentation,
      Dataset data,
      int batch,
      long seed) {
    return new ClassifierTrainer(
        classifier(), optimizer, average, augmentation, data, batch, seed, Backend.nd4j());
  }

  private static DenseClassifierReference reference(ClassifierTrainer trainer) {
    return new DenseClassifierReference(INPUTS, HIDDEN, CLASSES, TinyGan.values(trainer.values()));
  }

  private static void assertSame(ClassifierTrainer trainer, Map<String, double[]> expected) {
    Map<String, double[]> found = TinyGan.values(trainer.values());
    expected.forEach((path, values) -> assertThat(found.get(path)).containsExactly(values, FLOATS));
  }

  @Test
  void stepsOfSgdAreThoseOfTheChainRuleInDouble() {
    double rate = 0.5;
    double momentum = 0.9;
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(classifier(), new Sgd(rate, momentum), POINTS, 6, 3)) {
      DenseClassifierReference reference = reference(trainer);
      Map<String, double[]> velocity = new TreeMap<>();
      for (int step = 1; step <= 5; step++) {
        StepReport report = trainer.step();
        reference.differentiate(POINTS);

        assertThat(report.step()).isEqualTo(step);
        assertThat(report.epoch()).as("a batch an epoch").isEqualTo(step);
        assertThat(report.get(ClassifierTrainer.LOSS)).isCloseTo(reference.loss, FLOATS);
        assertThat(report.get(ClassifierTrainer.GRADIENT_NORM))
            .isCloseTo(reference.gradientNorm(), FLOATS);
        assertThat(report.get(ClassifierTrainer.LEARNING_RATE)).isEqualTo(rate);
        reference.weights.forEach(
            (path, weights) -> {
              double[] v = velocity.computeIfAbsent(path, p -> new double[weights.length]);
              for (int i = 0; i < weights.length; i++) {
                v[i] = momentum * v[i] + reference.gradients.get(path)[i];
                weights[i] -= rate * v[i];
              }
            });
        assertSame(trainer, reference.weights);
      }
    }
  }

  /** Kingma and Ba 2015, algorithm 1. */
  @Test
  void stepsOfAdamAreThoseOfTheChainRuleInDouble() {
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(classifier(), new Adam(0.01, 0.8, 0.9, 1e-3), POINTS, 6, 4)) {
      DenseClassifierReference reference = reference(trainer);
      Map<String, double[]> first = new TreeMap<>();
      Map<String, double[]> second = new TreeMap<>();
      for (int step = 1; step <= 5; step++) {
        trainer.step();
        reference.differentiate(POINTS);
        double beforeFirst = 1 - Math.pow(0.8, step);
        double beforeSecond = 1 - Math.pow(0.9, step);
        reference.weights.forEach(
            (path, weights) -> {
              double[] m = first.computeIfAbsent(path, p -> new double[weights.length]);
              double[] v = second.computeIfAbsent(path, p -> new double[weights.length]);
              for (int i = 0; i < weights.length; i++) {
                double g = reference.gradients.get(path)[i];
                m[i] = 0.8 * m[i] + 0.2 * g;
                v[i] = 0.9 * v[i] + 0.1 * g * g;
                weights[i] -= 0.01 * (m[i] / beforeFirst) / (Math.sqrt(v[i] / beforeSecond) + 1e-3);
              }
            });
        assertSame(trainer, reference.weights);
      }
    }
  }

  @Test
  void itsValuesAreTheAverageWhereThereIsOne() {
    Sgd sgd = new Sgd(0.5, 0);
    MovingAverage average = new MovingAverage(0.2);
    try (ClassifierTrainer plain = new ClassifierTrainer(classifier(), sgd, POINTS, 2, 3);
        ClassifierTrainer averaged = trainer(sgd, average, Augmentation.NONE, POINTS, 2, 3)) {
      Map<String, double[]> expected = reference(plain).weights;
      for (int t = 1; t <= 5; t++) {
        plain.step();
        averaged.step();
        // (1 + t) / (10 + t) reaches 0.2 at t = 1.25.
        double decay = t == 1 ? 2.0 / 11 : 0.2;
        reference(plain)
            .weights
            .forEach(
                (path, weights) -> {
                  double[] mean = expected.get(path);
                  for (int i = 0; i < mean.length; i++) {
                    mean[i] += (1 - decay) * (weights[i] - mean[i]);
                  }
                });
      }
      assertSame(averaged, expected);
    }
  }

  private static Map<String, double[]> trainedWithEverything(long seed) {
    Classifier classifier =
        Classifier.of(
            Network.of(
                Shape.of(INPUTS),
                new Dense(HIDDEN),
                new Activation.Relu(),
                new Dropout(0.5),
                new Dense(CLASSES)),
            Classes.of(CLASSES),
            PixelRange.UNIT);
    Augmentation noise =
        (draws, shape, example) -> example.put(1, example.get(1) + (float) draws.nextGaussian());
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(
            classifier,
            new Adam(0.01, 0.9, 0.999),
            new MovingAverage(0.9),
            noise,
            LabelledPoints.random(10, INPUTS, CLASSES),
            4,
            seed,
            Backend.nd4j())) {
      for (int i = 0; i < 7; i++) {
        trainer.step();
      }
      return TinyGan.values(trainer.values());
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    Map<String, double[]> first = trainedWithEverything(5);
    Map<String, double[]> again = trainedWithEverything(5);

    assertThat(again.keySet()).isEqualTo(first.keySet());
    first.forEach((path, values) -> assertThat(again.get(path)).as(path).isEqualTo(values));
    assertThat(trainedWithEverything(6).get("classifier/3_dense/weight"))
        .isNotEqualTo(first.get("classifier/3_dense/weight"));
  }

  @Test
  void learnsWhatCanBeToldApartWithoutAMistake() {
    float[][] centres = {{2, 0, 0, 0}, {-2, 0, 0, 2}, {0, 2, -2, 0}};
    SplittableRandom random = new SplittableRandom(2);
    List<float[]> points = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    FloatBuffer all = FloatBuffer.allocate(60 * INPUTS);
    for (int i = 0; i < 60; i++) {
      float[] point = centres[i % CLASSES].clone();
      for (int k = 0; k < INPUTS; k++) {
        point[k] += (float) random.nextDouble(-0.5, 0.5);
      }
      points.add(point);
      labels.add(i % CLASSES);
      all.put(point);
    }
    Dataset data = new LabelledPoints(points, labels, CLASSES);
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(classifier(), new Adam(0.05, 0.9, 0.999), data, 20, 1)) {
      for (int i = 0; i < 60; i++) {
        trainer.step();
      }
      FloatBuffer logits = FloatBuffer.allocate(60 * CLASSES);
      try (TrainedClassifier trained =
          new TrainedClassifier(classifier(), trainer.values(), Backend.nd4j())) {
        trained.compute(60, all.flip(), FloatBuffer.allocate(60 * HIDDEN), logits);
      }
      for (int i = 0; i < 60; i++) {
        for (int c = 0; c < CLASSES; c++) {
          assertThat(logits.get(i * CLASSES + c))
              .isLessThanOrEqualTo(logits.get(i * CLASSES + i % CLASSES));
        }
      }
    }
  }

  private static void refuses(Dataset data, int batch, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ClassifierTrainer(classifier(), new Sgd(0.1, 0), data, batch, 1).close())
        .withMessageContainingAll(message);
  }

  @Test
  void refusesDataThatDoNotFit() {
    List<float[]> three = List.of(new float[INPUTS], new float[INPUTS], new float[INPUTS]);
    refuses(LabelledPoints.random(6, 5, CLASSES), 2, "examples of 4 in 3", "has examples of 5");
    refuses(LabelledPoints.random(6, INPUTS, 2), 2, "4 in 3 classes", "of 4 in 2", "make it");
    refuses(
        new LabelledPoints(three, List.of(0, 1, 3), CLASSES), 2, "example 2", "label 3", "0 to 2");
    refuses(new LabelledPoints(three, List.of(-1, 1, 2), CLASSES), 2, "example 0", "no label");
    refuses(new LabelledPoints(three, List.of(0, 1, 1), CLASSES), 2, "no example of class 2");
    refuses(POINTS, 7, "from 1 to 6", "found 7");
    refuses(POINTS, 0, "from 1 to 6", "found 0");
    refuses(RecordingData.ofImages(6), 2, "of 8x8x1 in 0");
  }

  @Test
  void aLossThatIsNoNumberMovesNothing() {
    List<float[]> points = List.of(new float[INPUTS], new float[INPUTS], new float[INPUTS]);
    points.get(1)[0] = Float.NaN;
    Dataset data = new LabelledPoints(points, List.of(0, 1, 2), CLASSES);
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(classifier(), new Adam(0.1, 0.9, 0.999), data, 3, 1)) {
      Map<String, double[]> before = TinyGan.values(trainer.values());

      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(trainer::step)
          .withMessageContainingAll("step 1", "classifier's loss is NaN");

      assertSame(trainer, before);
    }
  }

  @Test
  void neitherGreatNorSmallLogitsOverflow() {
    // A step of such a rate makes weights of thousands.
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(classifier(), new Sgd(3000, 0), POINTS, 6, 1)) {
      trainer.step();
      double loss = trainer.step().get(ClassifierTrainer.LOSS);
      assertThat(loss).isGreaterThan(100).isFinite();
    }
  }
}
