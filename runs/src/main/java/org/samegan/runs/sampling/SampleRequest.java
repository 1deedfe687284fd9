package org.samegan.runs.sampling;

/**
 * Which samples are wanted.
 *
 * @param count how many; null for what makes a good picture: 100 images, 2,500 points
 * @param seed of the latents
 * @param label the class of all, by its name, or its number from 0 where the classes' names are no
 *     numbers; null for every class in turn, where there are any
 */
public record SampleRequest(Integer count, long seed, String label) {
  /** Checks the count. */
  public SampleRequest {
    if (count != null && count < 1) {
      throw new IllegalArgumentException("there must be at least 1 sample, found " + count);
    }
  }

  /** What makes a good picture of a seed. */
  public static SampleRequest picture(long seed) {
    return new SampleRequest(null, seed, null);
  }
}
