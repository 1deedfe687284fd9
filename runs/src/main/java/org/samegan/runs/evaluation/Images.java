package org.samegan.runs.evaluation;

import java.util.Arrays;
import java.util.function.Function;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.data.Subset;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.random.RandomStream;
import org.samegan.runs.data.Examples;
import org.samegan.runs.data.GeneratedPixels;

/**
 * Images of whole pixels, perhaps with labels: real ones, or generated ones as a file would have
 * them, so that a generator and the images it has written give the same numbers.
 *
 * @param count how many
 * @param shape height, width, channels
 * @param inRange the same in a range
 */
record Images(int count, Shape shape, Function<PixelRange, Dataset> inRange) {
  /** Real images. */
  static Images of(Examples examples) {
    return new Images(examples.count(), examples.form().shape(), examples.inRange());
  }

  /**
   * The first images of a generator's seed; where it learnt labels, of the classes in turn.
   *
   * @param count at least 1
   */
  static Images of(TrainedGenerator generator, int count, long seed) {
    int classes = generator.latent().label().map(Latent.Label::size).orElse(0);
    Latents latents = Latents.drawn(generator.latent(), seed);
    float[] values =
        generator.sample(
            0, count, classes == 0 ? latents : latents.withLabels(image -> image % classes));
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException(
            "the generator gives NaN, at value " + i + " of its images; it has diverged");
      }
      pixels[i] = (byte) generator.pixelRange().toByte(values[i]);
    }
    Classes named = generator.latent().label().map(Latent.Label::classes).orElse(Classes.NONE);
    return new Images(
        count,
        generator.exampleShape(),
        range -> new GeneratedPixels(pixels, generator.exampleShape(), named, range));
  }

  /** Some of them, chosen by a seed, in random order; all in random order if they are no more. */
  Images some(int most, long seed) {
    int[] order = RandomStream.of(seed, "evaluation/images", 0).permutation(count);
    int[] chosen = Arrays.copyOf(order, Math.min(most, count));
    return new Images(chosen.length, shape, range -> new Subset(inRange.apply(range), chosen));
  }
}
