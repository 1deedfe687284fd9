package org.samegan.evaluation.algebra;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.evaluation.Features;

/**
 * A number for every pair of a row of some features and a row of others, in tiles, so that n x n
 * numbers never stand in memory. Stripes of rows are computed in parallel, and each sees its tiles
 * from left to right; every number is computed alike wherever it stands, so that the same two rows
 * always give the same bits, and a row's distance from its copy is exactly zero.
 *
 * <p>Plain loops that the virtual machine vectorises: unlike a native matrix product they round the
 * same way on every machine.
 */
public final class PairTiles {
  private static final int ROWS = 128;
  private static final int COLUMNS = 256;

  /** Dimensions added in one pass over a row of a tile. */
  private static final int DEPTH = 4;

  private PairTiles() {}

  /** What is computed of two rows. */
  public enum Kernel {
    /**
     * The sum of squared differences; not |x|^2 + |y|^2 - 2 x.y, whose rounding would drown the
     * distances of near-duplicates.
     */
    SQUARED_DISTANCE,
    /** The dot product. */
    DOT
  }

  /** What takes in the tiles of some consecutive rows. */
  public interface Stripe {
    /**
     * The numbers of one row and consecutive columns.
     *
     * @param row counted among all rows
     * @param from the first column
     * @param to the column after the last
     * @param values column {@code from + i}'s number is at i; overwritten afterwards
     */
    void accept(int row, int from, int to, double[] values);
  }

  /** Makes the stripe of rows {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface StripeFactory<S extends Stripe> {
    /** A stripe, which only one thread uses at a time. */
    S stripe(int from, int to);
  }

  /** Shows every pair to the stripe of its row; the stripes are returned from top to bottom. */
  public static <S extends Stripe> List<S> compute(
      Features rows, Features columns, Kernel kernel, StripeFactory<S> factory) {
    rows.requireComparable(columns);
    return compute(rows, columns, false, kernel, factory);
  }

  /**
   * The same of the rows of one set with each other, without what is known by symmetry: every pair
   * of which the column is greater than the row is shown, and some of the others.
   */
  public static <S extends Stripe> List<S> computeAmong(
      Features rows, Kernel kernel, StripeFactory<S> factory) {
    return compute(rows, rows, true, kernel, factory);
  }

  private static <S extends Stripe> List<S> compute(
      Features rows,
      Features columns,
      boolean fromTheDiagonal,
      Kernel kernel,
      StripeFactory<S> factory) {
    int stripes = (rows.count() + ROWS - 1) / ROWS;
    return IntStream.range(0, stripes)
        .parallel()
        .mapToObj(
            index -> {
              int from = index * ROWS;
              int to = Math.min(rows.count(), from + ROWS);
              S stripe = factory.stripe(from, to);
              show(rows, from, to, columns, fromTheDiagonal ? from : 0, kernel, stripe);
              return stripe;
            })
        .toList();
  }

  private static void show(
      Features rows,
      int rowFrom,
      int rowTo,
      Features columns,
      int firstColumn,
      Kernel kernel,
      Stripe stripe) {
    int d = rows.dimensions();
    // Zeros beyond the last dimension and the last row of an odd number add nothing.
    int depth = (d + DEPTH - 1) / DEPTH * DEPTH;
    double[] left = padded(rows, rowFrom, rowTo, depth);
    double[] panel = new double[depth * COLUMNS];
    double[] scratch = new double[d];
    double[] first = new double[COLUMNS];
    double[] second = new double[COLUMNS];
    for (int from = firstColumn; from < columns.count(); from += COLUMNS) {
      int to = Math.min(columns.count(), from + COLUMNS);
      for (int column = from; column < to; column++) {
        columns.copyRows(column, column + 1, scratch);
        for (int k = 0; k < d; k++) {
          panel[k * COLUMNS + column - from] = scratch[k];
        }
      }
      for (int row = rowFrom; row < rowTo; row += 2) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        int a = (row - rowFrom) * depth;
        for (int k = 0; k < depth; k += DEPTH) {
          if (kernel == Kernel.DOT) {
            addProducts(left, a + k, a + depth + k, panel, k * COLUMNS, first, second);
          } else {
            addSquares(left, a + k, a + depth + k, panel, k * COLUMNS, first, second);
          }
        }
        stripe.accept(row, from, to, first);
        if (row + 1 < rowTo) {
          stripe.accept(row + 1, from, to, second);
        }
      }
    }
  }

  private static double[] padded(Features rows, int from, int to, int depth) {
    double[] padded = new double[(to - from + 1) * depth];
    double[] row = new double[rows.dimensions()];
    for (int i = from; i < to; i++) {
      rows.copyRows(i, i + 1, row);
      System.arraycopy(row, 0, padded, (i - from) * depth, row.length);
    }
    return padded;
  }

  private static void addSquares(
      double[] left, int a, int b, double[] panel, int p, double[] first, double[] second) {
    double a0 = left[a];
    double a1 = left[a + 1];
    double a2 = left[a + 2];
    double a3 = left[a + 3];
    double b0 = left[b];
    double b1 = left[b + 1];
    double b2 = left[b + 2];
    double b3 = left[b + 3];
    for (int j = 0; j < COLUMNS; j++) {
      double x0 = panel[p + j];
      double x1 = panel[p + COLUMNS + j];
      double x2 = panel[p + 2 * COLUMNS + j];
      double x3 = panel[p + 3 * COLUMNS + j];
      first[j] +=
          (a0 - x0) * (a0 - x0)
              + (a1 - x1) * (a1 - x1)
              + (a2 - x2) * (a2 - x2)
              + (a3 - x3) * (a3 - x3);
      second[j] +=
          (b0 - x0) * (b0 - x0)
              + (b1 - x1) * (b1 - x1)
              + (b2 - x2) * (b2 - x2)
              + (b3 - x3) * (b3 - x3);
    }
  }

  private static void addProducts(
      double[] left, int a, int b, double[] panel, int p, double[] first, double[] second) {
    double a0 = left[a];
    double a1 = left[a + 1];
    double a2 = left[a + 2];
    double a3 = left[a + 3];
    double b0 = left[b];
    double b1 = left[b + 1];
    double b2 = left[b + 2];
    double b3 = left[b + 3];
    for (int j = 0; j < COLUMNS; j++) {
      double x0 = panel[p + j];
      double x1 = panel[p + COLUMNS + j];
      double x2 = panel[p + 2 * COLUMNS + j];
      double x3 = panel[p + 3 * COLUMNS + j];
      first[j] += a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
      second[j] += b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
    }
  }
}
