package org.samegan.core.data;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

/** A random change of examples that leaves their class what it is. */
@FunctionalInterface
public interface Augmentation {
  /** Every example stays as it is. */
  Augmentation NONE = (draws, shape, example) -> {};

  /**
   * Changes one example in place.
   *
   * @param draws what is random about it; the same numbers give the same change
   * @param shape of the example; images are (height, width, channels)
   * @param example its values, row-major, from index 0
   */
  void apply(RandomStream draws, Shape shape, FloatBuffer example);
}
