package org.samegan.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;

class PartlyLabelledTest {
  /** The examples first, first + 1, ... of so many values, all of class 1. */
  private record Run(int first, int size, int values, Classes classes) implements Dataset {
    @Override
    public Shape exampleShape() {
      return Shape.of(values);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (int i = 0; i < values; i++) {
        destination.put(first + index);
      }
    }

    @Override
    public int label(int index) {
      return 1;
    }
  }

  private static final Classes CLASSES = Classes.named(List.of("cat", "dog"));

  @Test
  void putsExamplesWithoutLabelsBehindThoseWithThem() {
    Dataset data =
        new PartlyLabelled(
            new Run(0, 3, 2, CLASSES), new Run(10, 2, 2, Classes.named(List.of("x", "y", "z"))));
    assertThat(data.size()).isEqualTo(5);
    assertThat(data.form()).isEqualTo(new ExampleForm(Shape.of(2), CLASSES));
    float[] firsts = new float[5];
    int[] labels = new int[5];
    for (int i = 0; i < 5; i++) {
      FloatBuffer example = FloatBuffer.allocate(2);
      data.copyTo(i, example);
      firsts[i] = example.get(0);
      labels[i] = data.label(i);
    }
    assertThat(firsts).containsExactly(0, 1, 2, 10, 11);
    assertThat(labels).containsExactly(1, 1, 1, Dataset.UNLABELLED, Dataset.UNLABELLED);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> data.label(5));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> data.copyTo(-1, FloatBuffer.allocate(2)));
  }

  @Test
  void moreCanBePutBehind() {
    Dataset some = new PartlyLabelled(new Run(0, 2, 1, CLASSES), new Run(5, 1, 1, Classes.NONE));
    Dataset more = new PartlyLabelled(some, new Run(7, 1, 1, Classes.NONE));
    assertThat(List.of(more.label(0), more.label(1), more.label(2), more.label(3)))
        .containsExactly(1, 1, Dataset.UNLABELLED, Dataset.UNLABELLED);
  }

  @Test
  void refusesOtherShapesAndNoLabelsAtAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartlyLabelled(new Run(0, 3, 2, CLASSES), new Run(0, 3, 4, CLASSES)))
        .withMessageContainingAll("labelled examples are 2", "without labels are 4");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PartlyLabelled(new Run(0, 3, 2, Classes.NONE), new Run(0, 3, 2, CLASSES)))
        .withMessageContaining("found no labels");
  }
}
