package org.samegan.io.image;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;

/**
 * An immutable 8-bit image: values 0..255, height x width x channels in row-major order, one
 * channel for gray and three for red, green, blue.
 */
public final class ByteImage {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;

  private ByteImage(int height, int width, int channels, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
  }

  /**
   * The image with a copy of these pixels.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param channels 1 for gray, 3 for red, green, blue
   * @param pixels {@code height * width * channels} bytes, each an unsigned value
   * @throws IllegalArgumentException if an extent is out of range or the number of bytes differs
   */
  public static ByteImage of(int height, int width, int channels, byte[] pixels) {
    if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "an image needs a height and width of at least 1 and 1 or 3 channels, found "
              + describe(height, width, channels));
    }
    if (pixels.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image of %s needs %d bytes, found %d",
              describe(height, width, channels),
              (long) height * width * channels,
              pixels.length));
    }
    return new ByteImage(height, width, channels, pixels.clone());
  }

  /**
   * The image nearest to these floats; values outside the range are clipped.
   *
   * @param values read from the buffer's position, which is advanced by {@code shape.elements()}
   * @param shape height, width, channels
   * @param range the values of black and white
   * @throws IllegalArgumentException if the shape is no image's, too few values remain, or one is
   *     not a number
   */
  public static ByteImage of(FloatBuffer values, Shape shape, PixelRange range) {
    requireImage(shape);
    if (values.remaining() < shape.elements()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image of %s needs %d values, found %d",
              shape,
              shape.elements(),
              values.remaining()));
    }
    byte[] pixels = new byte[shape.elements()];
    for (int i = 0; i < pixels.length; i++) {
      float value = values.get();
      if (Float.isNaN(value)) {
        throw new IllegalArgumentException(
            "an image's values must be numbers, found NaN at element "
                + i
                + "; the generator has diverged");
      }
      pixels[i] = (byte) range.toByte(value);
    }
    return new ByteImage(shape.get(0), shape.get(1), shape.get(2), pixels);
  }

  static void requireImage(Shape shape) {
    if (shape.rank() != 3 || (shape.channels() != 1 && shape.channels() != 3)) {
      throw new IllegalArgumentException(
          "an image's shape is height x width x channels with 1 or 3 channels, found " + shape);
    }
  }

  /** The number of rows. */
  public int height() {
    return height;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** 1 for gray, 3 for red, green, blue. */
  public int channels() {
    return channels;
  }

  /** The shape (height, width, channels). */
  public Shape shape() {
    return Shape.of(height, width, channels);
  }

  /**
   * One value, 0 to 255.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public int at(int row, int column, int channel) {
    if (column < 0 || column >= width || channel < 0 || channel >= channels) {
      throw new IndexOutOfBoundsException(
          String.format(
              Locale.ROOT,
              "no pixel at column %d, channel %d of an image of %s",
              column,
              channel,
              describe(height, width, channels)));
    }
    return pixels[(row * width + column) * channels + channel] & 0xff;
  }

  /** The pixels from the first to the last, read-only. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
  }

  private static String describe(int height, int width, int channels) {
    return height + "x" + width + "x" + channels;
  }
}
