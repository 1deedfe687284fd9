package org.samegan.core.training;

import java.nio.FloatBuffer;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.Shape;

/**
 * Draws images from a generator's inference graph. The i-th image of a seed is the same whatever
 * the number of images asked for, to the bit: latents are a function of (seed, i), batch statistics
 * are frozen, and every run computes a full batch of the same size.
 */
public final class Sampler implements AutoCloseable {
  private static final int BATCH = 64;

  private final Latent latent;
  private final Shape imageShape;
  private final int elements;
  private final GeneratorPlan plan;

  /**
   * For a generator.
   *
   * @param generator a graph from {@value InferenceGraph#LATENT} to {@value InferenceGraph#IMAGE}
   * @param latent the generator's input
   * @param imageShape the shape of one image
   */
  public Sampler(SameDiff generator, Latent latent, Shape imageShape) {
    this.latent = latent;
    this.imageShape = imageShape;
    elements = imageShape.elements();
    plan = new GeneratorPlan(generator, latent.size(), imageShape, BATCH);
  }

  /**
   * Draws images.
   *
   * @param first the first image's number, from 0
   * @param count how many, at least 0
   * @param seed of the latents
   * @return (count, height, width, channels) in row-major order, in the generator's pixel range
   * @throws IllegalArgumentException if there are too few, or too many for one array
   */
  public float[] sample(int first, int count, long seed) {
    return sample(first, count, Latents.drawn(latent, seed));
  }

  /**
   * Draws images of given latents.
   *
   * @param first the first image's number, from 0
   * @param count how many, at least 0
   * @param source from an image's number to its latent
   * @return as {@link #sample(int, int, long)}
   * @throws IllegalArgumentException as there, before anything is computed
   */
  public float[] sample(int first, int count, LatentSource source) {
    requireCount("images of " + imageShape, Math.max(elements, latent.size()), count);
    float[] result = new float[count * elements];
    for (int done = 0; done < count; done += BATCH) {
      int wanted = Math.min(BATCH, count - done);
      fill(source, latent, first + done, wanted, plan.latents());
      plan.run(FloatBuffer.wrap(result, done * elements, wanted * elements));
    }
    return result;
  }

  /**
   * The latents of the first images of a seed.
   *
   * @return (count, latent size) in row-major order
   * @throws IllegalArgumentException if there are too few, or too many for one array
   */
  public static float[] latents(Latent latent, int count, long seed) {
    return latents(latent, count, Latents.drawn(latent, seed));
  }

  /**
   * The first latents of a source.
   *
   * @return as {@link #latents(Latent, int, long)}
   * @throws IllegalArgumentException as there
   */
  public static float[] latents(Latent latent, int count, LatentSource source) {
    requireCount("latents of " + latent.size() + " values", latent.size(), count);
    float[] latents = new float[count * latent.size()];
    fill(source, latent, 0, count, FloatBuffer.wrap(latents));
    return latents;
  }

  private static void requireCount(String what, int values, int count) {
    int most = Integer.MAX_VALUE / values;
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(
          String.format("from 0 to %d %s fit into one call, found %d", most, what, count));
    }
  }

  private static void fill(
      LatentSource source, Latent latent, int first, int count, FloatBuffer into) {
    int start = into.position();
    for (int i = 0; i < count; i++) {
      into.limit(start + (i + 1) * latent.size());
      source.fill(first + i, into);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
