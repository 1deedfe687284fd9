package org.samegan.core.layer;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;

/** What convolutions and transposed convolutions share: checks, and what is put around them. */
final class Convolutions {
  private Convolutions() {}

  static void check(String what, int channels, int kernel, int stride) {
    if (channels < 1 || kernel < 1 || stride < 1) {
      throw new IllegalArgumentException(
          String.format(
              "%s needs channels, kernel and stride of at least 1, found %d, %d and %d",
              what, channels, kernel, stride));
    }
  }

  static void checkImage(String what, Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          what + " takes (height, width, channels), found " + input + "; put a Reshape before it");
    }
  }

  /**
   * The shape of images whose extents may be too great for one.
   *
   * @throws IllegalArgumentException if they are, with the extents
   */
  static Shape shape(long height, long width, int channels) {
    if (Math.max(height, width) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              "images of %dx%dx%d are too large; use a smaller stride, factor or padding",
              height, width, channels));
    }
    return Shape.of((int) height, (int) width, channels);
  }

  /** The upper left part of images, of shape (height, width, channels). */
  static SDVariable crop(SameDiff graph, SDVariable x, Shape part) {
    long[] begin = {0, 0, 0, 0};
    long[] end = {0, part.get(0), part.get(1), part.get(2)};
    long[] strides = {1, 1, 1, 1};
    // The masks take the whole batch, whatever its size.
    return graph.stridedSlice(x, begin, end, strides, 0b0001, 0b0001, 0, 0, 0);
  }

  /** Zeros around images. */
  static SDVariable pad(SameDiff graph, SDVariable x, Margins height, Margins width) {
    int[][] margins = {
      {0, 0}, {height.before(), height.after()}, {width.before(), width.after()}, {0, 0}
    };
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }
}
