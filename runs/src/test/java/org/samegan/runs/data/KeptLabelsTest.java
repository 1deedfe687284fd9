package org.samegan.runs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;

class KeptLabelsTest {
  /** The numbers from 0, in classes. */
  private record Numbers(int size, int count, IntUnaryOperator labels) implements Dataset {
    @Override
    public Shape exampleShape() {
      return Shape.of(1);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      destination.put(index);
    }

    @Override
    public Classes classes() {
      return Classes.of(count);
    }

    @Override
    public int label(int index) {
      return labels.applyAsInt(index);
    }
  }

  private static int[] counts(Dataset data, KeptLabels kept) {
    int[] counts = new int[data.classes().count()];
    kept.indices().forEach(index -> counts[data.label(index)]++);
    return counts;
  }

  @Test
  void asManyOfEachClassAsCanBe() {
    Dataset data = new Numbers(1000, 10, i -> i * 7 % 10);
    KeptLabels kept = KeptLabels.of(data, 132, 5);
    assertThat(kept.indices()).hasSize(132).doesNotHaveDuplicates().isSorted();
    int[] counts = counts(data, kept);
    assertThat(Arrays.stream(counts).filter(n -> n == 13)).hasSize(8);
    assertThat(Arrays.stream(counts).filter(n -> n == 14)).hasSize(2);
    assertThat(KeptLabels.of(data, 132, 5)).isEqualTo(kept);
    assertThat(KeptLabels.of(data, 132, 6)).isNotEqualTo(kept);
    assertThat(kept.indices()).containsAll(KeptLabels.of(data, 40, 5).indices());
  }

  /** Three examples of class 0, the rest of class 1. */
  @Test
  void aRareClassGivesAllItHas() {
    Dataset data = new Numbers(50, 2, i -> i % 20 == 0 ? 0 : 1);
    assertThat(counts(data, KeptLabels.of(data, 20, 1))).containsExactly(3, 17);
    assertThat(counts(data, KeptLabels.of(data, 50, 1))).containsExactly(3, 47);
  }

  @Test
  void theOthersAreThereWithoutTheirs() {
    Dataset data = new Numbers(30, 3, i -> i % 3);
    KeptLabels kept = KeptLabels.of(data, 6, 9);
    Dataset partly = kept.in(data);
    assertThat(partly.size()).isEqualTo(30);
    List<Integer> numbers =
        IntStream.range(0, 30)
            .mapToObj(
                i -> {
                  FloatBuffer number = FloatBuffer.allocate(1);
                  partly.copyTo(i, number);
                  return (int) number.get(0);
                })
            .toList();
    assertThat(numbers.subList(0, 6)).isEqualTo(kept.indices());
    assertThat(numbers).doesNotHaveDuplicates();
    for (int i = 0; i < 30; i++) {
      assertThat(partly.label(i)).isEqualTo(i < 6 ? numbers.get(i) % 3 : Dataset.UNLABELLED);
    }
    assertThat(KeptLabels.of(data, 30, 9).in(data).label(29)).isEqualTo(2);
  }
}
