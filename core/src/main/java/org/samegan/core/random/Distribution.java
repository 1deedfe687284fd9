package org.samegan.core.random;

import java.nio.FloatBuffer;
import org.samegan.core.SinglePrecision;

/** What random values are drawn from: latents, dropout masks, initial weights. */
public sealed interface Distribution extends RandomSource {
  /** One draw, using as much of the stream as it needs. */
  float sample(RandomStream stream);

  @Override
  default void fill(RandomStream stream, FloatBuffer buffer) {
    while (buffer.hasRemaining()) {
      buffer.put(sample(stream));
    }
  }

  /**
   * The normal distribution N(mean, deviation²).
   *
   * @param mean the mean
   * @param deviation the standard deviation, at least 0
   */
  record Normal(double mean, double deviation) implements Distribution {
    /** N(0, 1). */
    public static final Normal STANDARD = new Normal(0, 1);

    /** Checks the deviation. */
    public Normal {
      if (!SinglePrecision.isFinite(mean)) {
        throw new IllegalArgumentException("a mean must be finite, found " + mean);
      }
      if (!(deviation >= 0) || !SinglePrecision.isFinite(deviation)) {
        throw new IllegalArgumentException(
            "a standard deviation must be finite and at least 0, found " + deviation);
      }
    }

    @Override
    public float sample(RandomStream stream) {
      return (float) (mean + deviation * stream.nextGaussian());
    }
  }

  /**
   * The uniform distribution on [low, high).
   *
   * @param low the least value
   * @param high the bound above, greater than {@code low}
   */
  record Uniform(double low, double high) implements Distribution {
    /** Checks the bounds. */
    public Uniform {
      if (!SinglePrecision.isFinite(low)
          || !SinglePrecision.isFinite(high)
          || !((float) low < (float) high)) {
        throw new IllegalArgumentException(
            "a uniform distribution needs finite bounds, low < high as 32-bit floats, found ["
                + low
                + ", "
                + high
                + ")");
      }
    }

    @Override
    public float sample(RandomStream stream) {
      // A double just below the bound can round up to it.
      return (float)
          Math.min(low + (high - low) * stream.nextDouble(), Math.nextDown((float) high));
    }
  }

  /**
   * Inverted dropout's mask: 1 / keep with probability {@code keep}, else 0, so that its mean is 1.
   *
   * @param keep the probability of keeping a unit, in (0, 1]
   */
  record DropoutMask(double keep) implements Distribution {
    /** Checks the probability. */
    public DropoutMask {
      if (!(keep > 0 && keep <= 1) || !SinglePrecision.isFinite(1 / keep)) {
        throw new IllegalArgumentException(
            "the probability of keeping a unit must be in (0, 1], and 1 / keep finite, found "
                + keep);
      }
    }

    @Override
    public float sample(RandomStream stream) {
      return stream.nextDouble() < keep ? (float) (1 / keep) : 0f;
    }
  }
}
