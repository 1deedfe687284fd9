package org.samegan.io.layout;

import java.util.Locale;
import org.samegan.core.Shape;

/**
 * The order of the values along one axis of a vector. A vector that is an image flattened runs over
 * pixels and within them over channels here, and the other way round where channels come first: one
 * is the other, seen as a matrix and transposed.
 *
 * @param pixels how many pixels the vector runs over; 1 where both orders are the same
 * @param channels how many values each pixel has
 */
public record AxisOrder(int pixels, int channels) {
  /** Gives orders that are the same one form. */
  public AxisOrder {
    if (pixels < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an axis needs at least 1 pixel and 1 channel, found %d and %d",
              pixels,
              channels));
    }
    if (channels == 1) {
      channels = pixels;
      pixels = 1;
    }
  }

  /** The same order in both, as of a vector that is no image. */
  public static AxisOrder same(int elements) {
    return new AxisOrder(1, elements);
  }

  /**
   * The order of an example when it is flattened. It is another in an image (height, width,
   * channels) only; whatever has no rank of 3 is the same in both.
   */
  public static AxisOrder ofFlattened(Shape example) {
    return example.rank() == 3
        ? new AxisOrder(example.elements() / example.channels(), example.channels())
        : same(example.elements());
  }

  /** Whether the values have the same order in both. */
  public boolean isSame() {
    return pixels == 1;
  }

  /** For each place where channels come first the place here. */
  public int[] places() {
    int[] places = new int[pixels * channels];
    for (int i = 0; i < places.length; i++) {
      places[i] = i % pixels * channels + i / pixels;
    }
    return places;
  }

  /**
   * Puts vectors that are in our order into the other, in place, since there may be no room for all
   * of them twice.
   *
   * @param vectors one after the other
   */
  public void toChannelsFirst(float[] vectors) {
    if (isSame()) {
      return;
    }
    int[] places = places();
    float[] last = new float[places.length];
    for (int start = 0; start < vectors.length; start += places.length) {
      System.arraycopy(vectors, start, last, 0, places.length);
      for (int i = 0; i < places.length; i++) {
        vectors[start + i] = last[places[i]];
      }
    }
  }

  /** The way back, in place: transposing the transposed matrix. */
  public void toChannelsLast(float[] vectors) {
    new AxisOrder(/* pixels= */ channels, /* channels= */ pixels).toChannelsFirst(vectors);
  }
}
