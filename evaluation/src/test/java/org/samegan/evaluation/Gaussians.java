package org.samegan.evaluation;

import java.util.Arrays;
import org.samegan.core.random.RandomStream;

/** Features drawn from simple distributions, a function of the seed. */
public final class Gaussians {
  private Gaussians() {}

  /** Independent normal numbers around 0. */
  public static Features standard(int count, int dimensions, long seed) {
    return of(count, dimensions, seed, 1, 0);
  }

  /** Independent normal numbers. */
  public static Features of(int count, int dimensions, long seed, double deviation, double mean) {
    RandomStream stream = RandomStream.of(seed, "test/gaussians", dimensions);
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * stream.nextGaussian());
    }
    return Features.of("gaussians", count, dimensions, values);
  }

  /** One row of these, repeated. */
  public static Features repeated(Features features, int row, int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, row);
    return features.select(rows);
  }

  /** The rows in another order. */
  public static Features shuffled(Features features, long seed) {
    return features.select(RandomStream.of(seed, "test/shuffled", 0).permutation(features.count()));
  }
}
