package org.samegan.core.random;

import java.nio.FloatBuffer;

/**
 * A vector of length 1 whose direction is uniform: normal values divided by their norm (Muller
 * 1959, doi:10.1145/377939.377946).
 */
public record UnitVector() implements RandomSource {
  @Override
  public void fill(RandomStream stream, FloatBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = stream.nextGaussian();
      squares += values[i] * values[i];
    }
    for (double value : values) {
      buffer.put((float) (value / Math.sqrt(squares)));
    }
  }
}
