package org.samegan.core.data;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;

/**
 * A finite collection of examples of one shape, addressed by index. Implementations are immutable
 * and safe for concurrent use; the same index always gives the same values.
 */
public interface Dataset {
  /** What stands for the label of an example that has none where others have one. */
  int UNLABELLED = -1;

  /** The number of examples, at least 1. */
  int size();

  /** The shape of one example; images are (height, width, channels). */
  Shape exampleShape();

  /**
   * Writes one example, in row-major order, at the destination's position and advances it.
   *
   * @param index from 0 to {@code size() - 1}
   * @param destination room for {@code exampleShape().elements()} values
   * @throws IndexOutOfBoundsException if there is no such example
   */
  void copyTo(int index, FloatBuffer destination);

  /** The classes of the examples' labels; by default there are none. */
  default Classes classes() {
    return Classes.NONE;
  }

  /** The shape and the classes together. */
  default ExampleForm form() {
    return new ExampleForm(exampleShape(), classes());
  }

  /**
   * The class of one example, from 0 to {@code classes().count() - 1}, or {@link #UNLABELLED} for
   * one without a label where others have one.
   *
   * @throws IllegalStateException if the examples carry no labels
   */
  default int label(int index) {
    throw new IllegalStateException("this dataset has no labels");
  }
}
