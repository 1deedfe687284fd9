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
 * same way on every machine. How they are written decides whether it does (seen with HotSpot 17):
 * arrays are indexed by the loop's variable alone, sums begin with what they are added to, and a
 * body is no larger than that of 2 rows by 2 dimensions. Other forms are computed number by number,
 * 4 to 8 times slower.
 */
public final class PairTiles {
  private static final int ROWS = 256;
  private static final int COLUMNS = 256;

  /** Rows of a tile that one pass over its columns computes. */
  private static final int ROWS_AT_ONCE = 2;

  /** Dimensions added in one pass. */
  private static final int DEPTH = 2;

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
    // Zeros beyond the last dimension and the last row add nothing.
    int depth = (d + DEPTH - 1) / DEPTH * DEPTH;
    double[] left = padded(rows, rowFrom, rowTo, depth);
    double[][] panel = new double[depth][COLUMNS];
    double[] column = new double[d];
    double[][] sums = new double[ROWS_AT_ONCE][COLUMNS];
    for (int from = firstColumn; from < columns.count(); from += COLUMNS) {
      int to = Math.min(columns.count(), from + COLUMNS);
      for (int j = 0; j < to - from; j++) {
        columns.copyRows(from + j, from + j + 1, column);
        for (int k = 0; k < d; k++) {
          panel[k][j] = column[k];
        }
      }
      for (int row = rowFrom; row < rowTo; row += ROWS_AT_ONCE) {
        for (double[] sum : sums) {
          Arrays.fill(sum, 0);
        }
        for (int k = 0; k < depth; k += DEPTH) {
          int at = (row - rowFrom) * depth + k;
          if (kernel == Kernel.DOT) {
            addProducts(left, at, depth, panel[k], panel[k + 1], sums, to - from);
          } else {
            addSquares(left, at, depth, panel[k], panel[k + 1], sums, to - from);
          }
        }
        for (int r = 0; r < ROWS_AT_ONCE && row + r < rowTo; r++) {
          stripe.accept(row + r, from, to, sums[r]);
        }
      }
    }
  }

  private static double[] padded(Features rows, int from, int to, int depth) {
    int count = (to - from + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE * ROWS_AT_ONCE;
    double[] padded = new double[count * depth];
    double[] row = new double[rows.dimensions()];
    for (int i = from; i < to; i++) {
      rows.copyRows(i, i + 1, row);
      System.arraycopy(row, 0, padded, (i - from) * depth, row.length);
    }
    return padded;
  }

  private static void addSquares(
      double[] left, int at, int stride, double[] x, double[] y, double[][] sums, int width) {
    double a0 = left[at];
    double a1 = left[at + 1];
    double b0 = left[at + stride];
    double b1 = left[at + stride + 1];
    double[] a = sums[0];
    double[] b = sums[1];
    for (int j = 0; j < width; j++) {
      double x0 = x[j];
      double x1 = y[j];
      a[j] = a[j] + (x0 - a0) * (x0 - a0) + (x1 - a1) * (x1 - a1);
      b[j] = b[j] + (x0 - b0) * (x0 - b0) + (x1 - b1) * (x1 - b1);
    }
  }

  private static void addProducts(
      double[] left, int at, int stride, double[] x, double[] y, double[][] sums, int width) {
    double a0 = left[at];
    double a1 = left[at + 1];
    double b0 = left[at + stride];
    double b1 = left[at + stride + 1];
    double[] a = sums[0];
    double[] b = sums[1];
    for (int j = 0; j < width; j++) {
      double x0 = x[j];
      double x1 = y[j];
      a[j] = a[j] + x0 * a0 + x1 * a1;
      b[j] = b[j] + x0 * b0 + x1 * b1;
    }
  }
}
