package org.samegan.core.execution;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The values of arrays of floats in row-major order, a part at a time. An array lies outside the
 * heap and may be larger than the heap could be; a part is small.
 */
public final class ArrayParts {
  private static final int MOST = 1 << 18;

  private ArrayParts() {}

  /** Takes a part of an array's values, or gives them. */
  @FunctionalInterface
  public interface Part<E extends Exception> {
    /**
     * Takes or gives all of it.
     *
     * @param values the buffer's remaining values; it must not be kept
     */
    void accept(FloatBuffer values) throws E;
  }

  private static INDArray flat(INDArray array) {
    return array.reshape('c', new long[] {array.length()});
  }

  /** Passes an array's values on, from the first to the last. */
  public static <E extends Exception> void read(INDArray array, Part<E> taker) throws E {
    INDArray flat = flat(array);
    FloatBuffer buffer = FloatBuffer.allocate((int) Math.min(MOST, array.length()));
    for (long from = 0; from < array.length(); from += MOST) {
      int count = (int) Math.min(MOST, array.length() - from);
      INDArray part = flat.get(NDArrayIndex.interval(from, from + count)).dup();
      new HostBuffer(part).read(buffer.clear().limit(count));
      part.close();
      taker.accept(buffer.flip());
    }
  }

  /** A value from one that was there, and from its place in row-major order. */
  @FunctionalInterface
  public interface Change {
    /** The new value. */
    double apply(float value, long place);
  }

  /** Another array of the same shape, with every value changed and rounded once. */
  public static INDArray map(INDArray array, Change change) {
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, array.shape(), 'c');
    INDArray flat = flat(result);
    long[] place = new long[1];
    read(
        array,
        part -> {
          long from = place[0];
          float[] changed = new float[part.remaining()];
          for (int i = 0; i < changed.length; i++) {
            changed[i] = (float) change.apply(part.get(), place[0]++);
          }
          try (INDArray values = Nd4j.createFromArray(changed)) {
            flat.get(NDArrayIndex.interval(from, place[0])).assign(values);
          }
        });
    return result;
  }

  /**
   * Makes an array.
   *
   * @param giver puts the values from the first to the last; each of its calls fills the buffer
   * @param shape of the array
   */
  public static <E extends Exception> INDArray create(Part<E> giver, long... shape) throws E {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    INDArray flat = flat(array);
    INDArray part = Nd4j.createUninitialized(DataType.FLOAT, Math.min(MOST, array.length()));
    HostBuffer buffer = new HostBuffer(part);
    try {
      for (long from = 0; from < array.length(); from += MOST) {
        int count = (int) Math.min(MOST, array.length() - from);
        giver.accept(buffer.floats().limit(count));
        buffer.flush();
        flat.get(NDArrayIndex.interval(from, from + count))
            .assign(part.get(NDArrayIndex.interval(0, count)));
      }
    } finally {
      part.close();
    }
    return array;
  }
}
