package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.Sgd;

/** What an augmentation is given, and what becomes of it. */
class ClassifierAugmentationTest {
  private static final int INPUTS = 4;
  private static final int CLASSES = 3;

  private static ClassifierTrainer trainer(
      Optimizer optimizer, Augmentation augmentation, Dataset data, int batch, long seed) {
    Network network = Network.of(Shape.of(INPUTS), new Dense(2), new Dense(CLASSES));
    return new ClassifierTrainer(
        Classifier.of(network, Classes.of(CLASSES), PixelRange.UNIT),
        optimizer,
        MovingAverage.NONE,
        augmentation,
        data,
        batch,
        seed,
        Backend.nd4j());
  }

  /** What an augmentation was given, for each example in turn. */
  private static List<Double> draws(long seed, List<List<Float>> seen) {
    List<Double> draws = new ArrayList<>();
    LabelledPoints data = LabelledPoints.random(10, INPUTS, CLASSES);
    Augmentation recording =
        (stream, shape, example) -> {
          assertThat(shape).isEqualTo(Shape.of(INPUTS));
          assertThat(example.capacity()).as("one example and no more").isEqualTo(INPUTS);
          draws.add(stream.nextDouble());
          List<Float> values = new ArrayList<>();
          for (int i = 0; i < INPUTS; i++) {
            values.add(example.get(i));
          }
          seen.add(values);
        };
    try (ClassifierTrainer trainer = trainer(new Sgd(0.1, 0), recording, data, 4, seed)) {
      assertThat(trainer.batchesPerEpoch()).isEqualTo(2);
      for (int i = 0; i < 4; i++) {
        assertThat(trainer.step().epoch()).isEqualTo(1 + i / 2);
      }
    }
    return draws;
  }

  @Test
  void everyExampleIsChangedByDrawsOfItsOwnEachTime() {
    List<List<Float>> seen = new ArrayList<>();
    List<Double> draws = draws(1, seen);

    assertThat(draws).hasSize(16).doesNotHaveDuplicates();
    assertThat(draws(1, new ArrayList<>())).isEqualTo(draws);
    assertThat(draws(2, new ArrayList<>())).doesNotContainAnyElementsOf(draws);
    LabelledPoints data = LabelledPoints.random(10, INPUTS, CLASSES);
    List<List<Float>> known = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      float[] point = data.point(i);
      known.add(List.of(point[0], point[1], point[2], point[3]));
    }
    assertThat(known).containsAll(seen);
    assertThat(new HashSet<>(seen.subList(0, 8))).as("an epoch").hasSize(8);
  }

  @Test
  void itIsTheChangedExamplesThatAreTrainedOn() {
    Augmentation nothing =
        (draws, shape, example) -> {
          for (int i = 0; i < shape.elements(); i++) {
            example.put(i, 0);
          }
        };
    try (ClassifierTrainer trainer =
        trainer(new Sgd(0.1, 0), nothing, LabelledPoints.random(6, INPUTS, CLASSES), 6, 1)) {
      // Biases start at 0, so all logits of nothing are 0.
      assertThat(trainer.step().get(ClassifierTrainer.LOSS)).isCloseTo(Math.log(3), within(1e-6));
    }
  }
}
