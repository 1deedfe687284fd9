package org.samegan.io.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Small files for the tests, made byte by byte from the formats' specifications. */
final class Samples {
  private Samples() {}

  /** An IDX file of unsigned bytes with these extents and this content. */
  static byte[] idx(byte[] content, int... extents) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + content.length);
    file.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) extents.length);
    for (int extent : extents) {
      file.putInt(extent);
    }
    return file.put(content).array();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * A PNG file.
   *
   * @param colourType as in the header: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA
   * @param palette the content of PLTE, or none
   * @param transparency the content of tRNS, or none
   * @param samples the packed samples of all rows, without filter bytes
   */
  static byte[] png(
      int width,
      int height,
      int depth,
      int colourType,
      byte[] palette,
      byte[] transparency,
      byte[] samples) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) colourType);
    chunk(png, "IHDR", header.array());
    if (palette.length > 0) {
      chunk(png, "PLTE", palette);
    }
    if (transparency.length > 0) {
      chunk(png, "tRNS", transparency);
    }
    int stride = samples.length / height;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int row = 0; row < height; row++) {
        out.write(0);
        out.write(samples, row * stride, stride);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk(png, "IDAT", packed.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  static byte[] grayPng(int width, int height, byte[] samples) {
    return png(width, height, 8, 0, new byte[0], new byte[0], samples);
  }

  /** A gray PNG of one value, 4 x 4. */
  static byte[] flatPng(int value) {
    byte[] samples = new byte[16];
    Arrays.fill(samples, (byte) value);
    return grayPng(4, 4, samples);
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static Path write(Path directory, String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
