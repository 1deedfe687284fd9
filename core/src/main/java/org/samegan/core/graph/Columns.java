package org.samegan.core.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/** Columns of a matrix. */
public final class Columns {
  private Columns() {}

  /** Emits some columns of a matrix of shape (batch, n). */
  public static SDVariable of(SDVariable matrix, int first, int count) {
    long[] begin = {0, first};
    long[] end = {0, first + count};
    long[] strides = {1, 1};
    return matrix.getSameDiff().stridedSlice(matrix, begin, end, strides, 0b01, 0b01, 0, 0, 0);
  }
}
