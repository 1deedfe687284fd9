package org.samegan.io.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.samegan.io.file.WholeFile;

/**
 * Writes one image as a PNG: 8 bits a channel, gray or RGB, no ancillary chunks, so that equal
 * pixels give equal bytes on the same Java runtime.
 *
 * <p>Format: Portable Network Graphics, W3C Recommendation (second edition), 2003.
 */
public final class PngImage {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte COLOUR_GRAY = 0;
  private static final byte COLOUR_RGB = 2;

  private PngImage() {}

  /**
   * Writes the image to a file, replacing one that is there; the file is whole or absent.
   *
   * @throws IOException if the file cannot be written; the message names it
   */
  public static void write(Path file, ByteImage image) throws IOException {
    WholeFile.write(file, encode(image));
  }

  /** The bytes of the PNG file. */
  public static byte[] encode(ByteImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(image.width()).putInt(image.height()).put((byte) 8);
    header.put(image.channels() == 1 ? COLOUR_GRAY : COLOUR_RGB);
    // Compression, filter and interlace methods: the only ones defined, not interlaced.
    header.put(new byte[3]);
    writeChunk(png, "IHDR", header.array());
    writeChunk(png, "IDAT", deflate(scanlines(image)));
    writeChunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** Every row behind its filter byte, 0 for "none". */
  private static byte[] scanlines(ByteImage image) {
    int stride = image.width() * image.channels();
    byte[] lines = new byte[Math.multiplyExact(image.height(), stride + 1)];
    ByteBuffer pixels = image.buffer();
    for (int row = 0; row < image.height(); row++) {
      pixels.get(lines, row * (stride + 1) + 1, stride);
    }
    return lines;
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 16];
      while (!deflater.finished()) {
        packed.write(block, 0, deflater.deflate(block));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.writeBytes(bigEndian(data.length));
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(bigEndian((int) checksum.getValue()));
  }

  private static byte[] bigEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
