package org.samegan.io.toy;

import java.nio.FloatBuffer;
import java.util.Locale;

/** Points in a buffer, as x, y, x, y, ..., from its position to its limit. */
final class Points {
  private Points() {}

  /**
   * How many there are.
   *
   * @throws IllegalArgumentException if the values are no pairs
   */
  static int count(FloatBuffer values) {
    if (values.remaining() % 2 != 0) {
      throw new IllegalArgumentException(
          "points are pairs of values, found " + values.remaining() + " values");
    }
    return values.remaining() / 2;
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if a coordinate is not a number
   */
  static Point at(FloatBuffer values, int index) {
    float x = values.get(values.position() + 2 * index);
    float y = values.get(values.position() + 2 * index + 1);
    if (Float.isNaN(x) || Float.isNaN(y)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "points must be numbers, found (%s, %s) at %d; the generator has diverged",
              x,
              y,
              index));
    }
    return new Point(x, y);
  }
}
