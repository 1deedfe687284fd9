package org.samegan.core.training;

import java.nio.FloatBuffer;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

/**
 * Draws images from a generator's inference graph. The i-th image of a seed is the same whatever
 * the number of images asked for, to the bit: latents are a function of (seed, i), batch statistics
 * are frozen, and every run computes a full batch of the same size.
 */
public final class Sampler implements AutoCloseable {
  private static final int BATCH = 64;

  private final Latent latent;
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
   */
  public float[] sample(int first, int count, long seed) {
    float[] result = new float[Math.multiplyExact(count, elements)];
    for (int done = 0; done < count; done += BATCH) {
      draw(latent, first + done, plan.latents(), seed);
      int wanted = Math.min(BATCH, count - done) * elements;
      plan.run(FloatBuffer.wrap(result, done * elements, wanted));
    }
    return result;
  }

  /**
   * The latents of the first images of a seed.
   *
   * @return (count, latent size) in row-major order
   */
  public static float[] latents(Latent latent, int count, long seed) {
    float[] latents = new float[Math.multiplyExact(count, latent.size())];
    draw(latent, 0, FloatBuffer.wrap(latents), seed);
    return latents;
  }

  private static void draw(Latent latent, int first, FloatBuffer into, long seed) {
    int limit = into.limit();
    for (int i = first; into.position() < limit; i++) {
      into.limit(into.position() + latent.size());
      latent.fill(RandomStream.of(seed, "sample/latent", i), into);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
