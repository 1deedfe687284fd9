package org.samegan.core.inference;

import java.nio.FloatBuffer;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;

/**
 * A generator that has been trained, wherever it comes from and whatever computes it, with all that
 * it takes to use it. It is not safe for concurrent use; close it to give its memory back.
 */
public interface TrainedGenerator extends AutoCloseable {
  /** The number of examples that {@link #sample} computes at once. */
  int SAMPLING_BATCH = 64;

  /** What it takes. */
  Latent latent();

  /** The shape of one example that it gives; images are (height, width, channels). */
  Shape exampleShape();

  /** The values of black and white; null if it makes no images. */
  PixelRange pixelRange();

  /**
   * Makes sure that these latents can be computed.
   *
   * @param latents whole ones, of finite values
   * @throws IllegalArgumentException if not
   */
  default void requireComputable(float[] latents) {}

  /**
   * Computes a batch.
   *
   * @param batch how many examples to compute, at least 1, which decides bits
   * @param latents of the first examples, as many as are wanted
   * @param examples receives as many values as it has room for, channels last
   * @throws IllegalStateException if the generator has been closed, or computing failed
   */
  void compute(int batch, FloatBuffer latents, FloatBuffer examples);

  /** Gives the memory back; nothing can be computed any more. */
  @Override
  void close();

  /**
   * Draws examples. The i-th example of a seed is the same whatever the number of examples asked
   * for, to the bit: latents are a function of (seed, i), batch statistics are frozen, and every
   * batch is computed in full.
   *
   * @param first the first example's number, from 0
   * @param count how many, at least 0
   * @param seed of the latents
   * @return (count, example...) in row-major order, in the generator's pixel range
   * @throws IllegalArgumentException if there are too few, or too many for one array
   */
  default float[] sample(int first, int count, long seed) {
    return sample(first, count, Latents.drawn(latent(), seed));
  }

  /**
   * Draws examples of given latents.
   *
   * @param source from an example's number to its latent
   * @return as {@link #sample(int, int, long)}
   * @throws IllegalArgumentException as there, before anything is computed
   */
  default float[] sample(int first, int count, LatentSource source) {
    int elements = exampleShape().elements();
    int most = Integer.MAX_VALUE / Math.max(elements, latent().size());
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "from 0 to %d examples of %s fit into one call, found %d",
              most,
              exampleShape(),
              count));
    }
    float[] examples = new float[count * elements];
    for (int done = 0; done < count; done += SAMPLING_BATCH) {
      int wanted = Math.min(SAMPLING_BATCH, count - done);
      float[] latents = Latents.values(latent(), source, first + done, wanted);
      requireComputable(latents);
      compute(
          SAMPLING_BATCH,
          FloatBuffer.wrap(latents),
          FloatBuffer.wrap(examples, done * elements, wanted * elements));
    }
    return examples;
  }
}
