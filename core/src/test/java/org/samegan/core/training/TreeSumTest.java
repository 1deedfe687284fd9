package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Draws;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ForwardingBackend;
import org.samegan.core.execution.Tensor;

class TreeSumTest {
  private static final int LENGTH = 5;
  private final CountingBackend backend = new CountingBackend();
  private final Tensor vector = Backend.nd4j().zeros(DataType.FLOAT, LENGTH);
  private final Tensor number = Backend.nd4j().zeros(DataType.FLOAT);

  /** ND4J's, with the number of arrays that it was asked for. */
  private static final class CountingBackend extends ForwardingBackend {
    private int arrays;

    CountingBackend() {
      super(Backend.nd4j());
    }

    @Override
    public Tensor zeros(DataType type, long... shape) {
      arrays++;
      return super.zeros(type, shape);
    }
  }

  private TreeSum sum(int shards) {
    return new TreeSum(backend, new ShardTree(shards), List.of(vector, number));
  }

  /** Of very different sizes, so that every order of additions has another result. */
  private static float[] shard(int index) {
    double[] drawn = Draws.uniform(index, LENGTH + 1, -1, 1);
    float[] values = new float[LENGTH + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (drawn[i] * Math.pow(10, (index * 7 + i) % 5));
    }
    return values;
  }

  private static float[] expected(int from, int to) {
    if (to - from == 1) {
      return shard(from);
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    float[] sum = expected(from, middle);
    float[] right = expected(middle, to);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }

  private void add(TreeSum sum, int shard) {
    float[] values = shard(shard);
    vector.assign(Nd4j.createFromArray(Arrays.copyOf(values, LENGTH)));
    number.set(values[LENGTH]);
    sum.add(sum.tree().leaf(shard));
  }

  private float[] found() {
    float[] values = Arrays.copyOf(vector.array().toFloatVector(), LENGTH + 1);
    values[LENGTH] = (float) number.get();
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 12, 16})
  void theOrderInWhichShardsComeChangesNoBit(int shards) {
    Random random = new Random(shards);
    List<Integer> order = new ArrayList<>(IntStream.range(0, shards).boxed().toList());
    try (TreeSum sum = sum(shards)) {
      for (int i = 0; i < 10; i++) {
        sum.clear();
        order.forEach(shard -> add(sum, shard));

        assertThat(sum.isComplete()).isTrue();
        assertThat(sum.waiting()).isEmpty();
        assertThat(found()).as(order.toString()).isEqualTo(expected(0, shards));
        Collections.shuffle(order, random);
      }
    }
  }

  @Test
  void anotherOrderOfAdditionsWouldHaveOtherBits() {
    float[] oneAfterTheOther = shard(0);
    for (int shard = 1; shard < 16; shard++) {
      float[] values = shard(shard);
      for (int i = 0; i < values.length; i++) {
        oneAfterTheOther[i] += values[i];
      }
    }

    assertThat(oneAfterTheOther).isNotEqualTo(expected(0, 16));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 64})
  void noMoreThanTheLogarithmOfTheShardsIsKept(int shards) {
    try (TreeSum sum = sum(shards)) {
      for (int i = 0; i < 3; i++) {
        sum.clear();
        for (int shard = 0; shard < shards; shard++) {
          add(sum, shard);
        }
      }
    }

    int levels = (int) Math.ceil(Math.log(shards) / Math.log(2));
    assertThat(backend.arrays).as("two for each level").isLessThanOrEqualTo(2 * levels);
  }

  @Test
  void theMeanIsTheSumOverTheShards() {
    try (TreeSum sum = sum(3)) {
      for (int shard = 0; shard < 3; shard++) {
        add(sum, shard);
      }
      sum.divide();
    }

    float[] expected = expected(0, 3);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 1f / 3;
    }
    assertThat(found()).isEqualTo(expected);
  }

  @Test
  void aSumOfSomeShardsIsNoMean() {
    try (TreeSum sum = sum(4)) {
      for (int shard : new int[] {0, 1, 3}) {
        add(sum, shard);
      }

      assertThat(sum.waiting()).containsOnlyKeys(sum.tree().leaf(3), new ShardTree.Node(1, 0));
      assertThatIllegalStateException()
          .isThrownBy(sum::divide)
          .withMessageContainingAll("4 shards lacks some", "exchange");
      add(sum, 2);
      assertThatIllegalStateException()
          .isThrownBy(() -> add(sum, 2))
          .withMessageContaining("complete; clear it first");
    }
  }
}
