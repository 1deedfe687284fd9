package org.samegan.io.onnx;

import org.samegan.core.Shape;

/** Channels last, as networks have images, and channels first, as ONNX has them. */
final class Layout {
  private Layout() {}

  static boolean isImage(Shape shape) {
    return shape.rank() == 3;
  }

  /** Whether an image's values come in the same order either way. */
  static boolean isOrderless(Shape image) {
    return image.channels() == 1 || image.get(0) * image.get(1) == 1;
  }

  /** The extents in the graph, without the batch. */
  static long[] extents(Shape shape) {
    if (isImage(shape)) {
      return new long[] {shape.channels(), shape.get(0), shape.get(1)};
    }
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }

  /**
   * For each place in the order (channels, height, width) the place in the order (height, width,
   * channels).
   *
   * @param image null for values that stay where they are
   * @param count how many values there are
   */
  static int[] places(Shape image, int count) {
    int[] places = new int[count];
    int channels = image == null ? 1 : image.channels();
    int pixels = count / channels;
    for (int i = 0; i < count; i++) {
      places[i] = i % pixels * channels + i / pixels;
    }
    return places;
  }

  /** Images with channels first, from images with channels last. */
  static float[] channelsFirst(float[] images, Shape shape) {
    int[] places = places(shape, shape.elements());
    float[] result = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int start = i - i % places.length;
      result[i] = images[start + places[i - start]];
    }
    return result;
  }

  /** Images with channels last, from images with channels first. */
  static float[] channelsLast(float[] images, Shape shape) {
    int[] places = places(shape, shape.elements());
    float[] result = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int start = i - i % places.length;
      result[start + places[i - start]] = images[i];
    }
    return result;
  }
}
