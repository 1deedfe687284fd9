package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.RandomStream;

/** Data that does not keep to what a dataset promises is named, and trains nothing. */
class FaultyDataTest {
  /** Eight examples that write so many values each, with these labels. */
  private record Faulty(Shape exampleShape, int values, List<Integer> labels) implements Dataset {
    @Override
    public int size() {
      return 8;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      destination.put(new float[values]);
    }

    @Override
    public Classes classes() {
      return Classes.of(labels.isEmpty() ? 0 : ConditionalGan.CLASSES);
    }

    @Override
    public int label(int index) {
      return labels.get(index % labels.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65, 128})
  void refusesExamplesOfTooFewOrTooManyValues(int values) {
    Dataset data = new Faulty(Shape.of(8, 8, 1), values, List.of());
    try (Trainer trainer = new Trainer(TinyGan.gan(), data, 4, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(trainer::step)
          .withMessageContainingAll(
              "the 64 values of 8x8x1", values > 64 ? "wrote more" : "wrote " + values, "copyTo");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 3, Integer.MAX_VALUE})
  void refusesLabelsOutsideTheClasses(int label) {
    Gan gan = ConditionalGan.gan(new Objective.NonSaturating());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Trainer.requireFit(gan, new Faulty(Shape.of(1), 1, List.of(0, 1, label)), 4))
        .withMessageContainingAll("example 2", "label " + label, "0 to 2");
  }

  /** Four good examples, and four that can't be read. */
  private record HalfReadable(Shape exampleShape) implements Dataset {
    @Override
    public int size() {
      return 8;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      if (index >= 4) {
        throw new IllegalStateException("example " + index + " can't be read");
      }
      destination.put(new float[exampleShape.elements()]);
    }
  }

  /**
   * The next batch is drawn while a step computes, but is nobody's trouble before its own step: the
   * steps before are whole, and can be saved.
   */
  @Test
  void anExampleThatCantBeReadEndsTheStepThatNeedsIt() {
    long seed = seedThatTakesTheReadableFirst();
    Gan gan = TinyGan.gan();
    try (Trainer trainer = new Trainer(gan, new HalfReadable(gan.exampleShape()), 4, seed)) {
      trainer.step();
      assertThat(trainer.progress().step()).isEqualTo(1);
      assertThatIllegalStateException()
          .isThrownBy(trainer::step)
          .withMessageContaining("can't be read");
      assertThat(trainer.isHalfWay()).isFalse();
      trainer.state().requireFinite();
    }
  }

  /** Whose first batch is the first half of the examples. */
  private static long seedThatTakesTheReadableFirst() {
    for (long seed = 0; seed < 10_000; seed++) {
      int[] order = RandomStream.of(seed, "data/order", 0).permutation(8);
      if (Arrays.stream(order, 0, 4).allMatch(index -> index < 4)) {
        return seed;
      }
    }
    throw new AssertionError("no seed");
  }
}
