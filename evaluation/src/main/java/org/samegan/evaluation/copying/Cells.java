package org.samegan.evaluation.copying;

import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;

/**
 * Space cut into cells around centres, by k-means (Lloyd 1982, doi:10.1109/TIT.1982.1056489) from
 * centres chosen by k-means++ (Arthur and Vassilvitskii 2007), the best of some starts.
 */
final class Cells {
  private static final int STARTS = 5;
  private static final int MOST_ROUNDS = 100;

  private final double[][] centres;
  private final double spread;

  private Cells(double[][] centres, double spread) {
    this.centres = centres;
    this.spread = spread;
  }

  static Cells of(Features features, int count, long seed) {
    Cells best = null;
    for (int start = 0; start < STARTS; start++) {
      Cells found =
          settle(
              features, first(features, count, RandomStream.of(seed, "evaluation/cells", start)));
      if (best == null || found.spread < best.spread) {
        best = found;
      }
    }
    return best;
  }

  /** The cell of every row. */
  int[] assign(Features features) {
    int[] cells = new int[features.count()];
    double[] row = new double[features.dimensions()];
    for (int i = 0; i < cells.length; i++) {
      features.copyRows(i, i + 1, row);
      cells[i] = nearest(row, centres);
    }
    return cells;
  }

  /** The first centre is any row; each next one a row, by its squared distance from the others. */
  private static double[][] first(Features features, int count, RandomStream stream) {
    int d = features.dimensions();
    double[][] centres = new double[count][d];
    double[] squares = new double[features.count()];
    double[] row = new double[d];
    int chosen = stream.nextInt(features.count());
    for (int c = 0; c < count; c++) {
      features.copyRows(chosen, chosen + 1, centres[c]);
      double total = 0;
      for (int i = 0; i < squares.length; i++) {
        features.copyRows(i, i + 1, row);
        double square = square(row, centres[c]);
        squares[i] = c == 0 ? square : Math.min(squares[i], square);
        total += squares[i];
      }
      double left = stream.nextDouble() * total;
      chosen = squares.length - 1;
      for (int i = 0; i < squares.length; i++) {
        left -= squares[i];
        if (left < 0) {
          chosen = i;
          break;
        }
      }
    }
    return centres;
  }

  private static Cells settle(Features features, double[][] centres) {
    int d = features.dimensions();
    double[] row = new double[d];
    double spread = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[][] sums = new double[centres.length][d];
      int[] sizes = new int[centres.length];
      double total = 0;
      for (int i = 0; i < features.count(); i++) {
        features.copyRows(i, i + 1, row);
        int cell = nearest(row, centres);
        total += square(row, centres[cell]);
        sizes[cell]++;
        for (int j = 0; j < d; j++) {
          sums[cell][j] += row[j];
        }
      }
      // total only falls, and equals the last where no row has moved
      if (!(total < spread)) {
        break;
      }
      spread = total;
      for (int c = 0; c < centres.length; c++) {
        for (int j = 0; sizes[c] > 0 && j < d; j++) {
          centres[c][j] = sums[c][j] / sizes[c];
        }
      }
    }
    return new Cells(centres, spread);
  }

  private static int nearest(double[] row, double[][] centres) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double square = square(row, centres[c]);
      if (square < least) {
        least = square;
        nearest = c;
      }
    }
    return nearest;
  }

  private static double square(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
