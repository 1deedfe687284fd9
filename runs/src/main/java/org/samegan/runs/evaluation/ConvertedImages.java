package org.samegan.runs.evaluation;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.image.ByteImage;

/** Images brought to what a network takes, one by one, as data are when they are packed. */
final class ConvertedImages implements Dataset {
  private final Dataset images;
  private final PixelRange range;
  private final Shape shape;
  private final ImageOptions options;

  private ConvertedImages(Dataset images, PixelRange range, Shape shape) {
    this.images = images;
    this.range = range;
    this.shape = shape;
    options = new ImageOptions(shape.get(0), shape.channels(), false);
  }

  /**
   * The same images where they have the shape already.
   *
   * @param shape square, of 1 or 3 channels
   */
  static Dataset of(Images images, PixelRange range, Shape shape) {
    Dataset given = images.inRange().apply(range);
    return images.shape().equals(shape) ? given : new ConvertedImages(given, range, shape);
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape exampleShape() {
    return shape;
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    FloatBuffer values = FloatBuffer.allocate(images.exampleShape().elements());
    images.copyTo(index, values);
    ByteImage converted =
        options.convert(ByteImage.of(values.flip(), images.exampleShape(), range));
    ByteBuffer pixels = converted.buffer();
    while (pixels.hasRemaining()) {
      destination.put(range.fromByte(pixels.get() & 0xff));
    }
  }

  @Override
  public Classes classes() {
    return images.classes();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }
}
