package org.samegan.core.random;

/**
 * A stream of random numbers that is a pure function of (seed, name, index): no state outlives it,
 * so a checkpoint needs none, and resuming, skipping and replaying are exact by construction.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195), and the
 * functions used are {@link StrictMath}'s, so the numbers are the same on every machine.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private long state;
  private double spare;
  private boolean hasSpare;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * The stream of this seed, name and index; streams that differ in any of the three are
   * independent.
   *
   * @param seed the run's seed
   * @param name what the numbers are for, such as {@code discriminator/latent}
   * @param index which of the name's streams: a step, an epoch, a sample
   */
  public static RandomStream of(long seed, String name, long index) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < name.length(); i++) {
      state = mix(state ^ (name.charAt(i) + GOLDEN_GAMMA));
    }
    return new RandomStream(mix(state ^ mix(index + GOLDEN_GAMMA)));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform on [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform on {0, ..., bound - 1}; the bias is below bound / 2^64. */
  public int nextInt(int bound) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, 2L * bound);
  }

  /** N(0, 1), by Marsaglia's polar method (1964, doi:10.1137/1006063). */
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * scale;
        hasSpare = true;
        return u * scale;
      }
    }
  }

  /** A random order of 0, ..., n - 1 (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
