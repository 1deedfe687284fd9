package org.samegan.io.toy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngImage;

/**
 * A square picture of points on white: real ones gray, generated ones orange above them, and thin
 * lines through the axes. The point (x, y) lies at column {@code (x + bound) / (2 bound) * size}
 * and row {@code (bound - y) / (2 bound) * size}, counted from the image's left and upper edge;
 * what lies outside is not drawn.
 *
 * @param size height and width in pixels, at least 1
 * @param bound both axes go from {@code -bound} to {@code bound}, greater than 0
 */
public record ScatterPlot(int size, double bound) {
  /** 400 x 400 pixels, axes from -3 to 3. */
  public static final ScatterPlot STANDARD = new ScatterPlot(400, 3);

  private static final Ink AXIS = new Ink(225, 225, 225, 1);
  private static final Ink REAL = new Ink(120, 120, 120, 0.5);
  private static final Ink GENERATED = new Ink(230, 85, 13, 0.6);

  /** A dot's radius in pixels: one that is centred on a pixel covers it and a little around it. */
  private static final double RADIUS = 1.25;

  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public ScatterPlot {
    if (size < 1 || !(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a plot needs a size of at least 1 and a bound greater than 0, found %d and %s",
              size,
              bound));
    }
  }

  /**
   * Writes the picture as a PNG, replacing a file that is there; the file is whole or absent.
   *
   * @param file where to; its directory must exist
   * @param real see {@link #render}
   * @param generated see {@link #render}
   * @throws IOException if the file cannot be written; the message names it
   * @throws IllegalArgumentException as {@link #render} does
   */
  public void write(Path file, FloatBuffer real, FloatBuffer generated) throws IOException {
    PngImage.write(file, render(real, generated));
  }

  /**
   * The picture, red, green, blue.
   *
   * @param real points as x, y, x, y, ..., from the buffer's position to its limit; the buffer is
   *     not moved
   * @param generated likewise
   * @throws IllegalArgumentException if the values are no pairs or one is not a number
   */
  public ByteImage render(FloatBuffer real, FloatBuffer generated) {
    Canvas canvas = new Canvas(size);
    for (int i = 0; i < size; i++) {
      canvas.blend(i, size / 2, AXIS, 1);
      canvas.blend(size / 2, i, AXIS, 1);
    }
    dots(canvas, real, REAL);
    dots(canvas, generated, GENERATED);
    return canvas.image();
  }

  private void dots(Canvas canvas, FloatBuffer points, Ink ink) {
    int count = Points.count(points);
    for (int i = 0; i < count; i++) {
      Point point = Points.at(points, i);
      if (Math.abs(point.x()) <= bound && Math.abs(point.y()) <= bound) {
        double column = (point.x() + bound) / (2 * bound) * size;
        double row = (bound - point.y()) / (2 * bound) * size;
        canvas.dot(column, row, ink);
      }
    }
  }

  /** A colour, and how much of it covers what is below. */
  private record Ink(int red, int green, int blue, double opacity) {}

  private static final class Canvas {
    private final int size;
    // Rounded once, at the end: a byte would lose what many faint layers add.
    private final float[] values;

    Canvas(int size) {
      this.size = size;
      this.values = new float[Math.multiplyExact(Math.multiplyExact(size, size), 3)];
      Arrays.fill(values, 255);
    }

    /** A disc whose edge fades over one pixel. */
    void dot(double column, double row, Ink ink) {
      int reach = (int) Math.ceil(RADIUS + 0.5);
      for (int r = (int) row - reach; r <= (int) row + reach; r++) {
        for (int c = (int) column - reach; c <= (int) column + reach; c++) {
          double distance = new Point(c + 0.5, r + 0.5).distance(new Point(column, row));
          double coverage = Math.min(1, RADIUS + 0.5 - distance);
          if (coverage > 0 && r >= 0 && r < size && c >= 0 && c < size) {
            blend(r, c, ink, coverage);
          }
        }
      }
    }

    void blend(int row, int column, Ink ink, double coverage) {
      float weight = (float) (ink.opacity() * coverage);
      int first = (row * size + column) * 3;
      values[first] += weight * (ink.red() - values[first]);
      values[first + 1] += weight * (ink.green() - values[first + 1]);
      values[first + 2] += weight * (ink.blue() - values[first + 2]);
    }

    ByteImage image() {
      byte[] pixels = new byte[values.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) Math.round(values[i]);
      }
      return ByteImage.of(size, size, 3, pixels);
    }
  }
}
