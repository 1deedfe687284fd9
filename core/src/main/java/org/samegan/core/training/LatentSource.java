package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;
import org.samegan.core.random.RandomStream;

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

  /** Latents drawn from a seed; the classes of labels too. */
  static LatentSource drawn(Latent latent, long seed) {
    return (sample, vector) -> latent.fill(RandomStream.of(seed, "sample/latent", sample), vector);
  }

  /**
   * Latents drawn from a seed, of chosen classes. A sample's noise is the same whatever its class.
   *
   * @param classes from a sample's number to its class
   * @throws IllegalArgumentException if the latent has no label; from {@link #fill} if it has no
   *     such class
   */
  static LatentSource ofClasses(Latent latent, long seed, IntUnaryOperator classes) {
    Latent.Label label =
        latent
            .label()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the generator takes no label, so no class can be chosen"));
    LatentSource drawn = drawn(latent, seed);
    return (sample, vector) -> {
      int start = vector.position();
      drawn.fill(sample, vector);
      int end = vector.position();
      vector.position(start + latent.offset(label));
      label.write(classes.applyAsInt(sample), vector);
      vector.position(end);
    };
  }
}
