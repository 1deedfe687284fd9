package org.samegan.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UnitVectorTest {
  private static float[] draw(int size, long index) {
    FloatBuffer buffer = FloatBuffer.allocate(size);
    new UnitVector().fill(RandomStream.of(1, "vector", index), buffer);
    assertThat(buffer.remaining()).isZero();
    return buffer.array();
  }

  @Test
  void hasLengthOneWhateverItsSize() {
    for (int size : new int[] {1, 2, 64}) {
      double squares = 0;
      for (float value : draw(size, 0)) {
        squares += (double) value * value;
      }
      // Each value is rounded to float.
      assertThat(squares).isCloseTo(1, Offset.offset(1e-6));
    }
  }

  @Test
  void isAFunctionOfTheStream() {
    assertThat(draw(5, 3)).isEqualTo(draw(5, 3)).isNotEqualTo(draw(5, 4));
  }

  @Test
  void pointsInEveryDirectionAlike() {
    double[] sums = new double[3];
    double fourthPowers = 0;
    for (int i = 0; i < 3000; i++) {
      float[] vector = draw(3, i);
      for (int axis = 0; axis < 3; axis++) {
        sums[axis] += vector[axis];
        fourthPowers += Math.pow(vector[axis], 4) / 3000;
      }
    }
    // A coordinate has variance 1/3: four standard deviations of the sum.
    for (double sum : sums) {
      assertThat(sum).isBetween(-127.0, 127.0);
    }
    // On the sphere the sum of fourth powers has mean 3/5 and variance 16/525, five standard errors
    // of which are 0.016; where the corners of a cube are preferred it is less.
    assertThat(fourthPowers).isCloseTo(0.6, Offset.offset(0.016));
  }
}
