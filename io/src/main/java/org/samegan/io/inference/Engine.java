package org.samegan.io.inference;

import java.io.IOException;
import java.nio.FloatBuffer;

/** What computes a generator's images, for one thread at a time. */
interface Engine extends AutoCloseable {
  /**
   * Makes sure that these latents can be computed.
   *
   * @param latents whole ones, of finite values
   * @throws IllegalArgumentException if not
   */
  default void require(float[] latents) {}

  /**
   * Computes a batch.
   *
   * @param batch how many images to compute, which decides bits
   * @param latents of the first images, as many as are wanted
   * @param images receives them, channels last
   * @throws IOException if that fails
   */
  void run(int batch, FloatBuffer latents, FloatBuffer images) throws IOException;

  @Override
  void close() throws IOException;
}
