package org.samegan.io.inference;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.io.image.ByteImage;

/** Images as a generator gives them: immutable, floats in a pixel range, channels last. */
public final class Images {
  private final float[] values;
  private final Shape shape;
  private final PixelRange pixelRange;

  /** Takes the array over. */
  Images(float[] values, Shape shape, PixelRange pixelRange) {
    this.values = values;
    this.shape = shape;
    this.pixelRange = pixelRange;
  }

  /** The number of images. */
  public int count() {
    return values.length / shape.elements();
  }

  /** The shape of one image: height, width, channels. */
  public Shape shape() {
    return shape;
  }

  /** The values of black and white. */
  public PixelRange pixelRange() {
    return pixelRange;
  }

  /** All values, (count, height, width, channels) in row-major order; a copy. */
  public float[] toArray() {
    return values.clone();
  }

  /** All values, (count, height, width, channels) in row-major order; read-only. */
  public FloatBuffer values() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  /**
   * One image with 8 bits a channel, as {@link org.samegan.io.image.PngImage} writes it.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException if there is no such image
   * @throws IllegalArgumentException if a value is not a number, or what the generator makes is not
   *     an image of 1 or 3 channels
   */
  public ByteImage get(int index) {
    Objects.checkIndex(index, count());
    int elements = shape.elements();
    return ByteImage.of(FloatBuffer.wrap(values, index * elements, elements), shape, pixelRange);
  }
}
