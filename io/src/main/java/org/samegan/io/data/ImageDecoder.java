package org.samegan.io.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.samegan.io.image.ByteImage;

/**
 * Decodes PNG and JPEG files to 8 bits a channel, gray or RGB, as stored: colour profiles and the
 * EXIF orientation are ignored, transparency is laid over white.
 *
 * <p>Samples are taken from the raster, never through {@code getRGB}: that converts gray through a
 * linear-light colour space and so changes the values.
 */
final class ImageDecoder {
  /** Decoding takes about 8 bytes a pixel; this keeps it well inside a heap of 1 GiB. */
  private static final long MAX_PIXELS = 1L << 26;

  private static final long MAX_FILE_BYTES = 1L << 28;
  private static final int WHITE = 255;
  private static final String REMEDY =
      "replace or remove the file, or leave bad images out with the option skip-bad";

  private ImageDecoder() {}

  /**
   * Reads one file.
   *
   * @throws DataFormatException if it is not an intact PNG or JPEG
   * @throws IOException if it cannot be read at all
   */
  static ByteImage decode(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw bad(file, "image", "a file that can be read", "a broken link or no permission to read");
    }
    long length = Files.size(file);
    if (length > MAX_FILE_BYTES) {
      throw bad(file, "file length", "at most " + MAX_FILE_BYTES + " bytes", length + " bytes");
    }
    byte[] content = Files.readAllBytes(file);
    boolean png = PngChunks.isPng(content);
    if (png) {
      PngChunks.requireIntact(file, content, REMEDY);
    } else if (!isJpeg(content)) {
      throw bad(file, "image", "a PNG or JPEG file", FirstBytes.describe(content));
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(png ? "png" : "jpeg").next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image;
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input, true, true);
      image = read(reader, file);
    } catch (DataFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // On damaged files the JDK's readers throw, besides IOException, whatever their array
      // accesses run into.
      throw bad(file, "image data", "a decodable image", describe(e), e);
    } finally {
      reader.dispose();
    }
    requireNoDamage(file, warnings);
    return convert(image);
  }

  private static BufferedImage read(ImageReader reader, Path file) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw bad(
          file,
          "image size",
          "at most " + MAX_PIXELS + " pixels",
          reader.getWidth(0) + " x " + reader.getHeight(0));
    }
    return reader.read(0);
  }

  private static boolean isJpeg(byte[] content) {
    return content.length > 2
        && content[0] == (byte) 0xff
        && content[1] == (byte) 0xd8
        && content[2] == (byte) 0xff;
  }

  /** The JPEG reader fills what is missing with gray and merely warns: that is a damaged image. */
  private static void requireNoDamage(Path file, List<String> warnings) throws IOException {
    for (String warning : warnings) {
      String text = warning.toLowerCase(Locale.ROOT);
      boolean harmless =
          text.contains("icc") || text.contains("profile") || text.contains("extraneous bytes");
      if (!harmless) {
        throw bad(file, "image data", "an intact image", "damage: " + warning);
      }
    }
  }

  private static ByteImage convert(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(raster, palette);
    }
    int bands = raster.getNumBands();
    boolean alpha = bands == 2 || bands == 4;
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
  private static ByteImage fromPalette(Raster raster, IndexColorModel palette) {
    int colours = palette.getMapSize();
    byte[][] table = new byte[3][colours];
    for (int i = 0; i < colours; i++) {
      int opacity = palette.getAlpha(i);
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

  /** The readers often give the reason only in the cause. */
  private static String describe(Exception failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : failure.getMessage() + " (" + cause + ")";
  }

  private static DataFormatException bad(Path file, String what, String expected, String found) {
    return new DataFormatException(file, what, expected, found, REMEDY);
  }

  private static DataFormatException bad(
      Path file, String what, String expected, String found, Exception cause) {
    DataFormatException failure = bad(file, what, expected, found);
    failure.initCause(cause);
    return failure;
  }
}
