package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.objective.Objective;

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
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void refusesLabelsOutsideTheClasses(int label) {
    Gan gan = ConditionalGan.gan(new Objective.NonSaturating());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Trainer.requireFit(gan, new Faulty(Shape.of(1), 1, List.of(0, 1, label)), 4))
        .withMessageContainingAll("example 2", "label " + label, "0 to 2");
  }
}
