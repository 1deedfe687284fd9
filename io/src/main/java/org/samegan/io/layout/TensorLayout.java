package org.samegan.io.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
              Locale.ROOT,
              "axes of %s, permuted by %s, don't make a tensor of %s",
              factors,
              permutation,
              shape));
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
    return channelsFirst(array).data().asFloat();
  }

  /**
   * The same in an array of its own, outside the heap, of the tensor's shape.
   *
   * @throws IllegalArgumentException if there are not as many values as the tensor has
   */
  public INDArray channelsFirst(INDArray array) {
    return permuted(array, factors, permutation, shape);
  }

  /**
   * The way back: a tensor's values as the variable's.
   *
   * @param extents of the variable
   * @throws IllegalArgumentException if there are not as many as the variable has
   */
  public INDArray channelsLast(INDArray tensor, Shape extents) {
    List<Integer> permuted = permutation.stream().map(factors::get).toList();
    List<Integer> inverse = new ArrayList<>(permutation);
    for (int i = 0; i < permutation.size(); i++) {
      inverse.set(permutation.get(i), i);
    }
    return permuted(tensor, permuted, inverse, extents);
  }

  private static INDArray permuted(
      INDArray array, List<Integer> from, List<Integer> permutation, Shape shape) {
    if (array.length() != length(from)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "expected %d values, found %d", length(from), array.length()));
    }
    long[] axes = from.stream().mapToLong(Integer::longValue).toArray();
    int[] order = permutation.stream().mapToInt(Integer::intValue).toArray();
    long[] extents = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    return array.reshape('c', axes).permute(order).dup('c').reshape('c', extents);
  }
}
