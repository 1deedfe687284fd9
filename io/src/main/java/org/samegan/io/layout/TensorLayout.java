package org.samegan.io.layout;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;

/**
 * How a variable is stored where channels come first: its values, seen as an array of {@code
 * factors} axes, with those axes in another order. An axis that is a flattened image is two factors
 * for that, its pixels and its channels.
 *
 * @param shape of the tensor there, such as (out, in, height, width) for a convolution
 * @param factors the extents of our axes, in order; their product is the variable's length
 * @param permutation for each axis there, which of our factors it is
 */
public record TensorLayout(Shape shape, List<Integer> factors, List<Integer> permutation) {
  /** Checks that the permutation is one, and that all agree on the number of values. */
  public TensorLayout {
    factors = List.copyOf(factors);
    permutation = List.copyOf(permutation);
    List<Integer> sorted = permutation.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i) != i) {
        throw new IllegalArgumentException("not a permutation: " + permutation);
      }
    }
    if (sorted.size() != factors.size() || length(factors) != shape.elements()) {
      throw new IllegalArgumentException(
          String.format(
              "axes of %s, permuted by %s, don't make a tensor of %s",
              factors, permutation, shape));
    }
  }

  /**
   * A layout whose tensor's axes are each made of some of the permuted factors.
   *
   * @param groups how many factors each axis is made of
   */
  public static TensorLayout of(List<Integer> factors, List<Integer> permutation, int... groups) {
    int[] extents = new int[groups.length];
    int next = 0;
    for (int axis = 0; axis < groups.length; axis++) {
      extents[axis] = 1;
      for (int i = 0; i < groups[axis]; i++) {
        extents[axis] *= factors.get(permutation.get(next++));
      }
    }
    return new TensorLayout(Shape.of(extents), factors, permutation);
  }

  /**
   * The layout of a kernel: of a convolution from (height, width, in, out) to (out, in, height,
   * width), of a transposed one from (height, width, out, in) to (in, out, height, width).
   */
  public static TensorLayout ofKernel(List<Integer> extents) {
    return of(extents, List.of(3, 2, 0, 1), 1, 1, 1, 1);
  }

  private static int length(List<Integer> extents) {
    return extents.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * A variable's values as they are stored where channels come first.
   *
   * @param array of the variable's shape
   * @return row-major, of the tensor's shape
   */
  public float[] toChannelsFirst(INDArray array) {
    return toChannelsFirst(array.ravel().toFloatVector());
  }

  /**
   * The same of values in row-major order.
   *
   * @throws IllegalArgumentException if there are not as many as the tensor has
   */
  public float[] toChannelsFirst(float[] values) {
    return permuted(values, factors, permutation);
  }

  /**
   * The way back: a tensor's values, row-major, as the variable's.
   *
   * @throws IllegalArgumentException if there are not as many as the variable has
   */
  public float[] toChannelsLast(float[] tensor) {
    List<Integer> extents = permutation.stream().map(factors::get).toList();
    List<Integer> inverse = new ArrayList<>(permutation);
    for (int i = 0; i < permutation.size(); i++) {
      inverse.set(permutation.get(i), i);
    }
    return permuted(tensor, extents, inverse);
  }

  private static float[] permuted(float[] values, List<Integer> from, List<Integer> permutation) {
    if (values.length != length(from)) {
      throw new IllegalArgumentException(
          String.format("expected %d values, found %d", length(from), values.length));
    }
    int rank = from.size();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= from.get(axis);
    }
    int[] extents = permutation.stream().mapToInt(from::get).toArray();
    int[] steps = permutation.stream().mapToInt(axis -> strides[axis]).toArray();
    float[] result = new float[values.length];
    int[] at = new int[rank];
    int source = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = values[source];
      // The next place there, counted up from the last axis, and where that is here.
      for (int axis = rank - 1; axis >= 0; axis--) {
        source += steps[axis];
        if (++at[axis] < extents[axis]) {
          break;
        }
        source -= steps[axis] * extents[axis];
        at[axis] = 0;
      }
    }
    return result;
  }
}
