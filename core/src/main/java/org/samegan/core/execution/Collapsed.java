package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of an elementwise op as matrices. What is repeated along leading axes, such as a bias
 * for every pixel, is then a row: the native library has fast loops for rows of a matrix, and slow
 * ones for other axes.
 *
 * @param inputs the same values in as few axes as the op allows
 * @param output likewise
 */
record Collapsed(List<Value> inputs, Value output) {
  static Collapsed of(List<Value> inputs, Value output) {
    long columns = 0;
    for (Value input : inputs) {
      if (input.elements() == output.elements() || input.elements() == 1) {
        continue;
      }
      if (!isRepeated(input.shape(), output.shape())
          || (columns != 0 && columns != input.elements())) {
        return new Collapsed(inputs, output);
      }
      columns = input.elements();
    }
    if (columns == 0) {
      return new Collapsed(inputs, output);
    }
    long[] row = {columns};
    long[] matrix = {output.elements() / columns, columns};
    List<Value> flat = new ArrayList<>();
    for (Value input : inputs) {
      boolean number = input.elements() == 1;
      flat.add(number ? input : input.reshaped(input.elements() == columns ? row : matrix));
    }
    return new Collapsed(flat, output.reshaped(matrix));
  }

  /** Whether all its extents but leading ones are the last of another shape. */
  private static boolean isRepeated(long[] shape, long[] along) {
    int ones = 0;
    while (ones < shape.length && shape[ones] == 1) {
      ones++;
    }
    long[] own = Arrays.copyOfRange(shape, ones, shape.length);
    return own.length < along.length
        && Arrays.equals(own, Arrays.copyOfRange(along, along.length - own.length, along.length));
  }
}
