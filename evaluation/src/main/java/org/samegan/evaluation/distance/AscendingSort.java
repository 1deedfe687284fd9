package org.samegan.evaluation.distance;

/**
 * Sorts numbers by their bits, 11 at a time from the last (radix sort): some times faster for
 * thousands of them than comparing, which {@code Arrays.sort} does. The order is that of {@code
 * Double.compare}, for finite numbers.
 */
final class AscendingSort {
  private static final int BITS = 11;
  private static final int BINS = 1 << BITS;
  private static final int PASSES = (Long.SIZE + BITS - 1) / BITS;

  private AscendingSort() {}

  /** The same numbers, ascending, in the array that was given. */
  static double[] sorted(double[] values) {
    long[] keys = new long[values.length];
    int[][] counts = new int[PASSES][BINS];
    for (int i = 0; i < keys.length; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      // Negative numbers' bits ascend with their size: turned over, and before all others.
      long key = bits ^ ((bits >> (Long.SIZE - 1)) | Long.MIN_VALUE);
      keys[i] = key;
      for (int pass = 0; pass < PASSES; pass++) {
        counts[pass][bin(key, pass)]++;
      }
    }
    long[] moved = new long[keys.length];
    for (int pass = 0; pass < PASSES; pass++) {
      int[] places = counts[pass];
      int place = 0;
      for (int bin = 0; bin < BINS; bin++) {
        int count = places[bin];
        places[bin] = place;
        place += count;
      }
      for (long key : keys) {
        moved[places[bin(key, pass)]++] = key;
      }
      long[] swapped = keys;
      keys = moved;
      moved = swapped;
    }
    for (int i = 0; i < keys.length; i++) {
      long key = keys[i];
      values[i] = Double.longBitsToDouble(key ^ ((~key >> (Long.SIZE - 1)) | Long.MIN_VALUE));
    }
    return values;
  }

  private static int bin(long key, int pass) {
    return (int) (key >>> (pass * BITS)) & (BINS - 1);
  }
}
