package org.samegan.io.onnx;

import org.samegan.core.Shape;

/** The shapes of images, which have their channels first in ONNX. */
final class ImageShapes {
  private ImageShapes() {}

  static boolean isImage(Shape shape) {
    return shape.rank() == 3;
  }

  /** The extents in the graph, without the batch. */
  static long[] extents(Shape shape) {
    if (isImage(shape)) {
      return new long[] {shape.channels(), shape.get(0), shape.get(1)};
    }
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }
}
