package org.samegan.core.training;

import org.samegan.core.random.Distribution;

/**
 * The generator's input: a vector of independent random values.
 *
 * @param size the vector's length, at least 1
 * @param distribution of each value
 */
public record Latent(int size, Distribution distribution) {
  /** Checks the size. */
  public Latent {
    if (size < 1) {
      throw new IllegalArgumentException("a latent needs at least 1 value, found " + size);
    }
  }

  /** A vector of standard normal values. */
  public static Latent normal(int size) {
    return new Latent(size, Distribution.Normal.STANDARD);
  }

  /** A vector of values uniform on [-1, 1). */
  public static Latent uniform(int size) {
    return new Latent(size, new Distribution.Uniform(-1, 1));
  }
}
