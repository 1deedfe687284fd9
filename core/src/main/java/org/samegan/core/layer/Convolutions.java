package org.samegan.core.layer;

import java.util.Locale;
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
              Locale.ROOT,
              "%s needs channels, kernel and stride of at least 1, found %d, %d and %d",
              what,
              channels,
              kernel,
              stride));
    }
  }

  static void checkImage(String what, Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          what + " takes (height, width, channels), found " + input + "; put a Reshape before it");
    }
  }

  /**
   * The shape of images.
   *
   * @throws IllegalArgumentException if they are larger than any array
   */
  static Shape shape(String what, long height, long width, int channels) {
    if (Math.max(height, width) > Integer.MAX_VALUE
        || height * width > Integer.MAX_VALUE / channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s makes an image of %dx%dx%d, but a shape may hold at most %d elements; use less"
                  + " padding, a smaller stride or factor, or fewer channels",
              what,
              height,
              width,
              channels,
              Integer.MAX_VALUE));
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
