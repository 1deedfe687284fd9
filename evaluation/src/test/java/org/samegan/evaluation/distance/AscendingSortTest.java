package org.samegan.evaluation.distance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.samegan.core.random.RandomStream;

class AscendingSortTest {
  @Test
  void sortsAsTheLibraryDoes() {
    RandomStream stream = RandomStream.of(1, "test/sort", 0);
    double[] values = new double[1000];
    Arrays.setAll(values, i -> stream.nextGaussian() * Math.pow(10, i % 50 - 25));
    values[10] = values[20];
    values[30] = 0.0;
    values[40] = -0.0;
    values[50] = Double.MAX_VALUE;
    values[60] = -Double.MAX_VALUE;
    values[70] = -Double.MIN_VALUE;
    double[] expected = values.clone();
    Arrays.sort(expected);

    assertThat(AscendingSort.sorted(values)).containsExactly(expected);
    assertThat(AscendingSort.sorted(new double[] {3})).containsExactly(3);
  }
}
