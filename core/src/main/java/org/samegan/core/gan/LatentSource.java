package org.samegan.core.gan;

import java.nio.FloatBuffer;

/** The latents of samples, each a function of the sample's number alone. */
@FunctionalInterface
public interface LatentSource {
  /**
   * Writes one sample's latent.
   *
   * @param sample its number, from 0
   * @param vector whose remaining room is the latent's length; its position is left at the limit
   */
  void fill(int sample, FloatBuffer vector);
}
