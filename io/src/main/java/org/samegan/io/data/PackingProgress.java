package org.samegan.io.data;

/** Is told how far packing has come; not called when the packed file is there already. */
@FunctionalInterface
public interface PackingProgress {
  /**
   * Called after every image.
   *
   * @param done images dealt with so far, from 1
   * @param total images in all
   */
  void update(int done, int total);
}
