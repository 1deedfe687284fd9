package org.samegan.runs.evaluation;

import java.nio.FloatBuffer;
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
        range -> new Pixels(pixels, generator.exampleShape(), named, range));
  }

  /** Some of them, chosen by a seed, in random order; all in random order if they are no more. */
  Images some(int most, long seed) {
    int[] order = RandomStream.of(seed, "evaluation/images", 0).permutation(count);
    int[] chosen = Arrays.copyOf(order, Math.min(most, count));
    return new Images(chosen.length, shape, range -> new Subset(inRange.apply(range), chosen));
  }

  /** Bytes as floats in a range, of the classes in turn if there are classes. */
  private static final class Pixels implements Dataset {
    private final byte[] bytes;
    private final Shape shape;
    private final Classes classes;
    private final PixelRange range;

    Pixels(byte[] bytes, Shape shape, Classes classes, PixelRange range) {
      this.bytes = bytes;
      this.shape = shape;
      this.classes = classes;
      this.range = range;
    }

    @Override
    public Shape exampleShape() {
      return shape;
    }

    @Override
    public Classes classes() {
      return classes;
    }

    @Override
    public int size() {
      return bytes.length / shape.elements();
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      int start = index * shape.elements();
      for (int i = start; i < start + shape.elements(); i++) {
        destination.put(range.fromByte(bytes[i] & 0xff));
      }
    }

    @Override
    public int label(int index) {
      return classes.count() == 0 ? Dataset.super.label(index) : index % classes.count();
    }
  }
}
