package org.samegan.evaluation.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.random.RandomStream;

class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 61})
  void vectorsAreOrthonormalAndGiveTheMatrixBack(int size) {
    double[] matrix = random(size, 1);

    SymmetricEigen eigen = SymmetricEigen.of(matrix, size);

    double[] values = eigen.values();
    double[] again = new double[size * size];
    for (int k = 0; k < size; k++) {
      double[] v = eigen.vector(k);
      for (int l = 0; l <= k; l++) {
        double[] w = eigen.vector(l);
        double product = 0;
        for (int i = 0; i < size; i++) {
          product += v[i] * w[i];
        }
        assertThat(product).isCloseTo(k == l ? 1 : 0, within(1e-13));
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          again[i * size + j] += values[k] * v[i] * v[j];
        }
      }
    }
    assertThat(again).containsExactly(matrix, within(1e-12));
    assertThat(sorted(SymmetricEigen.valuesOf(matrix, size)))
        .containsExactly(sorted(values), within(1e-12));
  }

  /** The second differences on a line of n points have the values 2 - 2 cos(pi k / (n + 1)). */
  @Test
  void findsTheValuesOfSecondDifferences() {
    int size = 40;
    double[] matrix = new double[size * size];
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = 2;
      if (i > 0) {
        matrix[i * size + i - 1] = -1;
        matrix[(i - 1) * size + i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos(Math.PI * (i + 1) / (size + 1));
    }

    assertThat(sorted(SymmetricEigen.valuesOf(matrix, size)))
        .containsExactly(expected, within(1e-13));
  }

  @Test
  void findsTheValuesOfZeroAndOfARankOfOne() {
    assertThat(SymmetricEigen.valuesOf(new double[25], 5)).containsOnly(0);
    double[] ones = new double[36];
    Arrays.fill(ones, 1);

    assertThat(sorted(SymmetricEigen.valuesOf(ones, 6)))
        .containsExactly(new double[] {0, 0, 0, 0, 0, 6}, within(1e-14));
  }

  @Test
  void valuesOfVeryDifferentSizesAreFound() {
    double[] matrix = {1e12, 1, 1e-3, 1, 1, 1e-3, 1e-3, 1e-3, 1e-9};

    // largest, by the trace the others; accurate to an ulp of the largest
    assertThat(sorted(SymmetricEigen.valuesOf(matrix, 3)))
        .containsExactly(new double[] {-1e-6, 1, 1e12}, within(1e-3));
  }

  @Test
  void squareRootTimesItselfIsTheMatrix() {
    int size = 9;
    double[] half = random(size, 2);
    double[] matrix = square(half, size);

    double[] root = SymmetricEigen.of(matrix, size).squareRoot();

    assertThat(square(root, size)).containsExactly(matrix, within(1e-11));
  }

  private static double[] square(double[] a, int size) {
    double[] product = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          product[i * size + j] += a[i * size + k] * a[k * size + j];
        }
      }
    }
    return product;
  }

  private static double[] random(int size, long seed) {
    RandomStream stream = RandomStream.of(seed, "test/matrix", size);
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double value = stream.nextGaussian();
        matrix[i * size + j] = value;
        matrix[j * size + i] = value;
      }
    }
    return matrix;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
