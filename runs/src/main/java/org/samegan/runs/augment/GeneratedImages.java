package org.samegan.runs.augment;

import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;

/** Images of a trained generator that can be asked for a class, as {@code sample} numbers them. */
final class GeneratedImages implements ImageMaker {
  private final TrainedGenerator generator;
  private final LatentSource latents;

  /**
   * Those of a seed.
   *
   * @param generator is taken over
   */
  GeneratedImages(TrainedGenerator generator, int classes, long seed) {
    this.generator = generator;
    latents = latents(generator.latent(), classes, seed);
  }

  /**
   * Latents of the classes in turn.
   *
   * @throws IllegalArgumentException if no class can be asked for
   */
  static LatentSource latents(Latent latent, int classes, long seed) {
    boolean fits = latent.label().map(label -> label.size() == classes).orElse(false);
    if (!fits) {
      throw new IllegalArgumentException(
          "its generator can't be asked for the data's classes, so its images have no labels;"
              + " choose a variant that learns labels, such as cgan or acgan, with the option"
              + " variant");
    }
    return Latents.drawn(latent, seed).withLabels(image -> image % classes);
  }

  @Override
  public Shape shape() {
    return generator.exampleShape();
  }

  @Override
  public byte[] make(int first, int count) {
    float[] values = generator.sample(first, count, latents);
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException(
            "the generator gives NaN, in image "
                + (first + i / shape().elements())
                + "; it has diverged: train it with a lower learning rate");
      }
      pixels[i] = (byte) generator.pixelRange().toByte(values[i]);
    }
    return pixels;
  }

  @Override
  public void close() {
    generator.close();
  }
}
