package org.samegan.core.random;

import java.nio.FloatBuffer;

/** Where random arrays come from. */
@FunctionalInterface
public interface RandomSource {
  /** Fills the buffer's remaining room from the stream and leaves its position at the limit. */
  void fill(RandomStream stream, FloatBuffer buffer);
}
