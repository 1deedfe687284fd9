package org.samegan.runs.augment;

import org.samegan.core.Shape;

/**
 * Makes images of classes in turn: image i is of class i modulo their number, and always the same.
 */
interface ImageMaker extends AutoCloseable {
  /** Height, width and channels of an image. */
  Shape shape();

  /**
   * Makes images.
   *
   * @param first the number of the first, from 0
   * @return pixels, row-major, image behind image
   */
  byte[] make(int first, int count);

  @Override
  void close();
}
