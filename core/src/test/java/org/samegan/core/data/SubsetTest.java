package org.samegan.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;

class SubsetTest {
  /** The examples 0, 10, 20, ... with the labels 0, 1, 2, ... */
  private record Tens(int size) implements Dataset {
    @Override
    public Shape exampleShape() {
      return Shape.of(1);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      destination.put(10 * index);
    }

    @Override
    public Classes classes() {
      return Classes.named(List.of("a", "b", "c", "d"));
    }

    @Override
    public int label(int index) {
      return index;
    }
  }

  @Test
  void hasTheChosenExamplesInTheOrderGiven() {
    int[] chosen = {3, 1, 3};
    Subset subset = new Subset(new Tens(4), chosen);
    chosen[0] = 0;

    assertThat(subset.size()).isEqualTo(3);
    assertThat(subset.form()).isEqualTo(new Tens(4).form());
    FloatBuffer values = FloatBuffer.allocate(3);
    for (int i = 0; i < 3; i++) {
      subset.copyTo(i, values);
    }
    assertThat(values.array()).containsExactly(30, 10, 30);
    assertThat(subset.label(1)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Subset(new Tens(4)))
        .withMessageContaining("at least 1 example");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new Subset(new Tens(4), 1, 4));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new Subset(new Tens(4), 1).label(1));
  }
}
