package org.samegan.core.execution;

/**
 * How floating point operations are counted: by what the shapes make a kernel compute, whatever
 * algorithm it takes.
 *
 * <ul>
 *   <li>Products of matrices, convolutions, transposed ones and their gradients: two for each
 *       multiply-add, those with the zeros of a padding included. A gradient op counts once for
 *       each gradient that it computes.
 *   <li>Reductions and average pooling: one for each element that is read.
 *   <li>Elementwise ops: one for each element of the result, a tanh like a sum.
 *   <li>What only moves values, such as copies, slices and paddings, and conversions: none.
 * </ul>
 */
public final class Flops {
  private Flops() {}

  /**
   * Of a product of matrices.
   *
   * @param result how many elements the result has
   * @param inner how many products are added up for each
   */
  public static long product(long result, long inner) {
    return 2 * result * inner;
  }

  /**
   * Of a convolution, a transposed one, or one gradient of either: they are all products of each
   * weight with each position of the window.
   *
   * @param positions of the window: height times width of the smaller image, times the batch
   * @param weight how many elements the weight has, all channels included
   */
  public static long convolution(long positions, long weight) {
    return product(positions, weight);
  }
}
