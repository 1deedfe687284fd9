package org.samegan.core.data;

import java.nio.FloatBuffer;
import java.util.Locale;

/** Classes as vectors that are 1 at the class's place and 0 elsewhere. */
public final class OneHot {
  private OneHot() {}

  /**
   * Writes a class's vector.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public static void write(int chosen, int classes, FloatBuffer buffer) {
    if (chosen < 0 || chosen >= classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the model's classes are 0 to %d, found class %d", classes - 1, chosen));
    }
    for (int i = 0; i < classes; i++) {
      buffer.put(i == chosen ? 1 : 0);
    }
  }
}
