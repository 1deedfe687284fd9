package org.samegan.io.image;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;

/**
 * A sheet of images of one shape in rows and columns, filled row by row, with a gap between
 * neighbours and none at the border.
 *
 * @param rows images down, at least 1
 * @param columns images across, at least 1
 * @param gap pixels between neighbours, at least 0
 * @param ground the colour of the gaps and of cells without an image
 */
public record PngGrid(int rows, int columns, int gap, Ground ground) {
  private static final int DEFAULT_GAP = 2;

  /** The colour behind the images. */
  public enum Ground {
    /** Pixel value 0. */
    BLACK(0),
    /** Pixel value 255. */
    WHITE(255);

    private final int value;

    Ground(int value) {
      this.value = value;
    }
  }

  /**
   * Checks the layout.
   *
   * @throws IllegalArgumentException if a count is below 1 or the gap is negative
   */
  public PngGrid {
    if (rows < 1 || columns < 1 || gap < 0) {
      throw new IllegalArgumentException(
          "a grid needs at least 1 row and 1 column and a gap of at least 0, found "
              + String.format(Locale.ROOT, "%d rows, %d columns, gap %d", rows, columns, gap));
    }
  }

  /** The grid with gaps of 2 pixels on a white ground. */
  public static PngGrid of(int rows, int columns) {
    return new PngGrid(rows, columns, DEFAULT_GAP, Ground.WHITE);
  }

  /** This grid with another gap, in pixels. */
  public PngGrid withGap(int gap) {
    return new PngGrid(rows, columns, gap, ground);
  }

  /** This grid on another ground. */
  public PngGrid withGround(Ground ground) {
    return new PngGrid(rows, columns, gap, ground);
  }

  /**
   * Writes the sheet as a PNG, replacing a file that is there; the file is whole or absent.
   *
   * @param file where to; its directory must exist
   * @param images see {@link #render}
   * @param exampleShape see {@link #render}
   * @param range see {@link #render}
   * @throws IOException if the file cannot be written; the message names it
   * @throws IllegalArgumentException as {@link #render} does
   */
  public void write(Path file, FloatBuffer images, Shape exampleShape, PixelRange range)
      throws IOException {
    PngImage.write(file, render(images, exampleShape, range));
  }

  /**
   * The sheet as an image.
   *
   * @param images from 1 to {@code rows * columns} images, {@code [n, height, width, channels]} in
   *     row-major order, from the buffer's position to its limit; the buffer is not moved
   * @param exampleShape height, width, channels; 1 or 3 channels
   * @param range the values of black and white; what lies outside is clipped
   * @throws IllegalArgumentException if the shape is no image's, the values are not a whole number
   *     of images, there are none or too many, or one is not a number
   */
  public ByteImage render(FloatBuffer images, Shape exampleShape, PixelRange range) {
    ByteImage.requireImage(exampleShape);
    int values = images.remaining();
    int count = values / exampleShape.elements();
    if (values % exampleShape.elements() != 0 || count < 1 || count > (long) rows * columns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a grid of %d x %d takes 1 to %d images of %s (%d values each), found %d values",
              rows,
              columns,
              (long) rows * columns,
              exampleShape,
              exampleShape.elements(),
              values));
    }
    int cellHeight = exampleShape.get(0) + gap;
    int cellWidth = exampleShape.get(1) + gap;
    int channels = exampleShape.channels();
    Shape sheetShape = sheetShape(exampleShape);
    int width = sheetShape.get(1);
    byte[] sheet = new byte[sheetShape.elements()];
    Arrays.fill(sheet, (byte) ground.value);
    FloatBuffer source = images.duplicate();
    int line = exampleShape.get(1) * channels;
    for (int i = 0; i < count; i++) {
      ByteImage image = ByteImage.of(source, exampleShape, range);
      int top = i / columns * cellHeight;
      int left = i % columns * cellWidth;
      for (int row = 0; row < exampleShape.get(0); row++) {
        image.buffer().get(row * line, sheet, ((top + row) * width + left) * channels, line);
      }
    }
    return ByteImage.of(sheetShape.get(0), width, channels, sheet);
  }

  /**
   * The shape of a sheet of images of one shape: height, width, channels.
   *
   * @throws IllegalArgumentException if it has too many pixels for an array
   */
  public Shape sheetShape(Shape exampleShape) {
    long height = (long) rows * (exampleShape.get(0) + (long) gap) - gap;
    long width = (long) columns * (exampleShape.get(1) + (long) gap) - gap;
    long largest = Integer.MAX_VALUE / exampleShape.channels();
    if (height > largest || width > largest || height * width > largest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a grid of %d x %d images of %s would be %d x %d pixels; use fewer or smaller ones",
              rows,
              columns,
              exampleShape,
              height,
              width));
    }
    return Shape.of((int) height, (int) width, exampleShape.channels());
  }
}
