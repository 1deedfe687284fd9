package org.samegan.io.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.samegan.io.image.ByteImage;

/**
 * Decodes PNG files. Samples are taken from the raster, never through {@code getRGB}: that converts
 * gray through a linear-light colour space and so changes the values.
 */
final class PngDecoder {
  private static final int WHITE = 255;

  private PngDecoder() {}

  static ByteImage decode(Path file, byte[] content, String remedy) throws IOException {
    PngChunks chunks = PngChunks.read(file, content, remedy);
    BufferedImage image = JdkReader.read("png", chunks.plain(), reader -> reader.read(0));
    return chunks.orientation().turnUpright(convert(image, chunks.clearGray()));
  }

  private static ByteImage convert(BufferedImage image, int clearGray) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(raster, palette, clearGray);
    }
    int bands = raster.getNumBands();
    boolean alpha = model.hasAlpha();
    int channels = alpha ? bands - 1 : bands;
    int max = (1 << model.getComponentSize(0)) - 1;
    int width = raster.getWidth();
    byte[] pixels = new byte[raster.getHeight() * width * channels];
    int[] line = new int[width * bands];
    int next = 0;
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getPixels(0, row, width, 1, line);
      for (int at = 0; at < line.length; at += bands) {
        int opacity = alpha ? line[at + channels] : max;
        for (int channel = 0; channel < channels; channel++) {
          pixels[next++] = overWhite(line[at + channel], opacity, max);
        }
      }
    }
    return ByteImage.of(raster.getHeight(), width, channels, pixels);
  }

  /** Also gray PNGs of fewer than 8 bits: the JDK presents them as a palette of grays. */
  private static ByteImage fromPalette(Raster raster, IndexColorModel palette, int clearGray) {
    int colours = palette.getMapSize();
    byte[][] table = new byte[3][colours];
    for (int i = 0; i < colours; i++) {
      int opacity = i == clearGray ? 0 : palette.getAlpha(i);
      table[0][i] = overWhite(palette.getRed(i), opacity, WHITE);
      table[1][i] = overWhite(palette.getGreen(i), opacity, WHITE);
      table[2][i] = overWhite(palette.getBlue(i), opacity, WHITE);
    }
    boolean gray = Arrays.equals(table[0], table[1]) && Arrays.equals(table[0], table[2]);
    int channels = gray ? 1 : 3;
    int width = raster.getWidth();
    byte[] pixels = new byte[raster.getHeight() * width * channels];
    int[] line = new int[width];
    int next = 0;
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getPixels(0, row, width, 1, line);
      for (int index : line) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[next++] = table[channel][index];
        }
      }
    }
    return ByteImage.of(raster.getHeight(), width, channels, pixels);
  }

  /** The sample over white, rescaled from 0..max to 0..255 and rounded once. */
  private static byte overWhite(int sample, int opacity, int max) {
    long square = (long) max * max;
    long blended = (long) sample * opacity + (long) max * (max - opacity);
    return (byte) ((blended * WHITE + square / 2) / square);
  }
}
