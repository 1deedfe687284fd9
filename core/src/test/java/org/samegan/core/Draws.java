package org.samegan.core;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reproducible random values for tests, from the JDK's generator. */
public final class Draws {
  private Draws() {}

  /** Values uniform on [low, high). */
  public static double[] uniform(long seed, int count, double low, double high) {
    return new SplittableRandom(seed).doubles(count, low, high).toArray();
  }

  /** An array of values uniform on [low, high). */
  public static INDArray array(long seed, DataType type, double low, double high, long... shape) {
    return array(type, uniform(seed, count(shape), low, high), shape);
  }

  /** The number of values in an array of this shape. */
  public static int count(long... shape) {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** An array of double values uniform on [-1, 1). */
  public static INDArray array(long seed, long... shape) {
    return array(seed, DataType.DOUBLE, -1, 1, shape);
  }

  /** An array of these values in row-major order. */
  public static INDArray array(DataType type, double[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(type);
  }
}
