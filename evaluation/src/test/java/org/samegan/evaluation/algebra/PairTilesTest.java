package org.samegan.evaluation.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class PairTilesTest {
  /** Rows and columns that fill their stripes and tiles, and that don't. */
  @ParameterizedTest
  @CsvSource({"256, 256, 4", "257, 513, 3", "2, 3, 1", "511, 255, 8"})
  void everyPairIsShownOnceWithItsNumber(int rows, int columns, int d) {
    Features a = Gaussians.standard(rows, d, 1);
    Features b = Gaussians.standard(columns, d, 2);
    double[][] squares = all(a, b, PairTiles.Kernel.SQUARED_DISTANCE);
    double[][] products = all(a, b, PairTiles.Kernel.DOT);

    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double square = 0;
        double product = 0;
        double size = 0;
        for (int k = 0; k < d; k++) {
          square += Math.pow((double) a.at(i, k) - b.at(j, k), 2);
          product += (double) a.at(i, k) * b.at(j, k);
          size += Math.abs((double) a.at(i, k) * b.at(j, k));
        }
        assertThat(squares[i][j]).isCloseTo(square, withinPercentage(1e-12));
        assertThat(Math.abs(products[i][j] - product)).isLessThanOrEqualTo(1e-14 * size);
      }
    }
  }

  private static double[][] all(Features a, Features b, PairTiles.Kernel kernel) {
    double[][] found = new double[a.count()][b.count()];
    int[][] shown = new int[a.count()][b.count()];
    PairTiles.compute(
        a,
        b,
        kernel,
        (first, last) ->
            (row, from, to, values) -> {
              for (int column = from; column < to; column++) {
                found[row][column] = values[column - from];
                shown[row][column]++;
              }
            });
    for (int[] row : shown) {
      assertThat(row).containsOnly(1);
    }
    return found;
  }
}
