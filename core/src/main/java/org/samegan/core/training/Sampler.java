package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.execution.Plan;
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
  private final HostBuffer latents;
  private final INDArray images;
  private final Plan plan;

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
    INDArray input = Nd4j.zeros(DataType.FLOAT, BATCH, latent.size());
    images = Nd4j.zeros(DataType.FLOAT, imageShape.batch(BATCH));
    latents = new HostBuffer(input);
    plan =
        Plan.compile(
            generator, Map.of(InferenceGraph.LATENT, input), Map.of(InferenceGraph.IMAGE, images));
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
    return sample(first, count, seed, null);
  }

  /**
   * Draws images of chosen classes. An image's noise is the same whatever its class.
   *
   * @param first the first image's number, from 0
   * @param count how many, at least 0
   * @param seed of the latents
   * @param labels from an image's number to its class; null to draw the classes too
   * @return as {@link #sample(int, int, long)}
   * @throws IllegalArgumentException if the generator takes no label, or has no such class
   */
  public float[] sample(int first, int count, long seed, IntUnaryOperator labels) {
    Latent.Label label = labels == null ? null : requireLabel();
    float[] result = new float[Math.multiplyExact(count, elements)];
    for (int done = 0; done < count; done += BATCH) {
      FloatBuffer vectors = latents.floats();
      draw(latent, first + done, vectors, seed);
      for (int i = 0; label != null && i < Math.min(BATCH, count - done); i++) {
        vectors.position(i * latent.size() + latent.offset(label));
        label.write(labels.applyAsInt(first + done + i), vectors);
      }
      latents.flush();
      plan.run();
      int wanted = Math.min(BATCH, count - done) * elements;
      System.arraycopy(images.data().asFloat(), 0, result, done * elements, wanted);
    }
    return result;
  }

  private Latent.Label requireLabel() {
    return latent
        .label()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the generator takes no label, so no class can be chosen"));
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
