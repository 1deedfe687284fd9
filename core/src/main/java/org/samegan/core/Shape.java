package org.samegan.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extent of one example along each axis, without the batch: {@code [28, 28, 1]} for a gray
 * image (height, width, channels), {@code [100]} for a latent vector.
 *
 * @param dimensions the extents, each at least 1
 */
public record Shape(List<Integer> dimensions) {
  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if there is none, or one is below 1
   */
  public Shape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("a shape needs at least one dimension, found none");
    }
    long elements = 1;
    for (int extent : dimensions) {
      if (extent < 1) {
        throw new IllegalArgumentException(
            "every dimension of a shape must be at least 1, found " + extent + " in " + dimensions);
      }
      elements *= extent;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a shape may hold at most " + Integer.MAX_VALUE + " elements, found " + dimensions);
      }
    }
  }

  /** The shape with these extents. */
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** The number of axes. */
  public int rank() {
    return dimensions.size();
  }

  /** The extent along one axis; a negative axis counts from the last. */
  public int get(int axis) {
    return dimensions.get(axis < 0 ? rank() + axis : axis);
  }

  /** The extent along the last axis: an image's channels, a vector's features. */
  public int channels() {
    return get(-1);
  }

  /** The number of values in one example. */
  public int elements() {
    return dimensions.stream().reduce(1, (a, b) -> a * b);
  }

  /** The array shape of a batch of examples, {@code [batch, dimensions...]}; -1 for any size. */
  public long[] batch(long size) {
    long[] result = new long[rank() + 1];
    result[0] = size;
    for (int i = 0; i < rank(); i++) {
      result[i + 1] = dimensions.get(i);
    }
    return result;
  }

  /** The extents joined by {@code x}, such as {@code 28x28x1}. */
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
