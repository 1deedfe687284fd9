package org.samegan.core.augmentation;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomSource;
import org.samegan.core.random.RandomStream;

/**
 * What a transformation draws for images of a shape, one after the other.
 *
 * @param image (height, width, channels)
 */
public record TransformationDraws(Transformation transformation, Shape image)
    implements RandomSource {
  /** Of images all of which are transformed. */
  @Override
  public void fill(RandomStream stream, FloatBuffer buffer) {
    fill(stream, buffer, 1);
  }

  /** The same of images each of which is transformed with a probability. */
  public void fill(RandomStream stream, FloatBuffer buffer, float probability) {
    // By way of an array: single values are slow to put into memory outside the heap.
    float[] draw = new float[transformation.drawn(image).elements()];
    while (buffer.hasRemaining()) {
      transformation.draw(stream, probability, image, draw);
      buffer.put(draw);
    }
  }
}
