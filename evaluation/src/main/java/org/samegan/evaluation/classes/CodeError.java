package org.samegan.evaluation.classes;

import java.util.Arrays;
import java.util.Locale;

/**
 * How well a categorical code tells labelled images apart, whose labels it was never told: every
 * class of the code is matched with one label such that as many images as possible agree, and the
 * error is the share of those that don't (Chen et al. 2016, arXiv:1606.03657, section 7.2).
 */
public final class CodeError {
  private CodeError() {}

  /**
   * The share of images whose code is not matched with their label, in [0, 1]. A class of the code
   * that is left over, as there are fewer labels, matches none.
   *
   * @param codes a class of the code for each image, from 0
   * @param classes how many the code has
   * @param labels a label for each image, from 0
   * @param labelClasses how many labels there are
   */
  public static double of(int[] codes, int classes, int[] labels, int labelClasses) {
    if (codes.length != labels.length || codes.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected a label for each of at least 1 image, found %d codes and %d labels",
              codes.length,
              labels.length));
    }
    int size = Math.max(classes, labelClasses);
    int[][] counts = new int[size][size];
    for (int i = 0; i < codes.length; i++) {
      counts[codes[i]][labels[i]]++;
    }
    int[] labelOf = assign(counts);
    int matched = 0;
    for (int code = 0; code < size; code++) {
      matched += counts[code][labelOf[code]];
    }
    return 1 - (double) matched / codes.length;
  }

  /**
   * The assignment of columns to rows with the greatest sum: the Hungarian method with potentials
   * (Kuhn 1955, Munkres 1957), one augmenting path of least cost a row.
   */
  private static int[] assign(int[][] gains) {
    int n = gains.length;
    long[] rowPotential = new long[n + 1];
    long[] columnPotential = new long[n + 1];
    // Column 0 stands for the row that is being placed; rows and columns count from 1.
    int[] rowOf = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      long[] least = new long[n + 1];
      int[] from = new int[n + 1];
      boolean[] seen = new boolean[n + 1];
      Arrays.fill(least, Long.MAX_VALUE);
      rowOf[0] = row;
      int column = 0;
      while (rowOf[column] != 0) {
        seen[column] = true;
        int current = rowOf[column];
        int next = 0;
        for (int j = 1; j <= n; j++) {
          if (!seen[j]) {
            long cost = -gains[current - 1][j - 1] - rowPotential[current] - columnPotential[j];
            if (cost < least[j]) {
              least[j] = cost;
              from[j] = column;
            }
            next = next == 0 || least[j] < least[next] ? j : next;
          }
        }
        long step = least[next];
        for (int j = 0; j <= n; j++) {
          if (seen[j]) {
            rowPotential[rowOf[j]] += step;
            columnPotential[j] -= step;
          } else {
            least[j] -= step;
          }
        }
        column = next;
      }
      while (column != 0) {
        rowOf[column] = rowOf[from[column]];
        column = from[column];
      }
    }
    int[] columnOf = new int[n];
    for (int j = 1; j <= n; j++) {
      columnOf[rowOf[j] - 1] = j - 1;
    }
    return columnOf;
  }
}
