package org.samegan.io.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file whose checksums have been found right, which the JDK's reader does not
 * look at: it would decode a file with flipped bits to wrong pixels.
 */
final class PngChunks {
  private static final int NONE = -1;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final String EXIF = "eXIf";
  private static final int GRAY = 0;
  private static final int TYPE_BYTES = 4;

  /** Length, type and checksum. */
  private static final int FRAME_BYTES = 12;

  private final Orientation orientation;
  private final int clearGray;
  private final byte[] plain;

  private PngChunks(Orientation orientation, int clearGray, byte[] plain) {
    this.orientation = orientation;
    this.clearGray = clearGray;
    this.plain = plain;
  }

  /** How the picture is turned to be upright, by its {@code eXIf} chunk. */
  Orientation orientation() {
    return orientation;
  }

  /**
   * The sample that stands for transparent where gray has fewer than 8 bits; none, -1, elsewhere.
   * The JDK's reader compares it with something else and is not shown it.
   */
  int clearGray() {
    return clearGray;
  }

  /**
   * The same picture with nothing but what its stored pixels depend on: a reader can then neither
   * stumble over a profile nor apply one. Not to be changed.
   */
  byte[] plain() {
    return plain;
  }

  static boolean isPng(byte[] content) {
    return content.length >= SIGNATURE.length
        && Arrays.equals(content, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * Reads all chunks.
   *
   * @throws DataFormatException if one is cut short or damaged
   */
  static PngChunks read(Path file, byte[] content, String remedy) throws DataFormatException {
    ByteBuffer png = ByteBuffer.wrap(content);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(content.length);
    plain.writeBytes(SIGNATURE);
    Orientation orientation = Orientation.UPRIGHT;
    int clearGray = NONE;
    int at = SIGNATURE.length;
    String type = "";
    while (!type.equals("IEND")) {
      int rest = content.length - at;
      if (rest < FRAME_BYTES) {
        throw new DataFormatException(
            file, "PNG chunk", at, "at least 12 bytes", rest + ", a truncated file", remedy);
      }
      int length = png.getInt(at);
      if (length < 0 || length > rest - FRAME_BYTES) {
        throw new DataFormatException(
            file,
            "PNG chunk",
            at,
            Integer.toUnsignedString(length) + " bytes of data",
            (rest - FRAME_BYTES) + ", a truncated file",
            remedy);
      }
      type = new String(content, at + Integer.BYTES, TYPE_BYTES, StandardCharsets.ISO_8859_1);
      CRC32 checksum = new CRC32();
      checksum.update(content, at + Integer.BYTES, TYPE_BYTES + length);
      int stored = png.getInt(at + Integer.BYTES + TYPE_BYTES + length);
      if (stored != (int) checksum.getValue()) {
        throw new DataFormatException(
            file,
            "checksum of PNG chunk " + type,
            at,
            String.format(Locale.ROOT, "%08x", stored),
            String.format(Locale.ROOT, "%08x", checksum.getValue()),
            remedy);
      }
      if (type.equals("tRNS") && length == Short.BYTES && isGrayOfFewBits(content)) {
        clearGray = Short.toUnsignedInt(png.getShort(at + Integer.BYTES + TYPE_BYTES));
      } else if (OF_PIXELS.contains(type)) {
        plain.write(content, at, FRAME_BYTES + length);
      } else if (type.equals(EXIF)) {
        int data = at + Integer.BYTES + TYPE_BYTES;
        orientation = Orientation.of(Arrays.copyOfRange(content, data, data + length));
      }
      at += FRAME_BYTES + length;
    }
    return new PngChunks(orientation, clearGray, plain.toByteArray());
  }

  /** The header, which is the first chunk, holds width, height, depth and colour type. */
  private static boolean isGrayOfFewBits(byte[] content) {
    int depth = SIGNATURE.length + Integer.BYTES + TYPE_BYTES + 2 * Integer.BYTES;
    return content.length > depth + 1 && content[depth] < 8 && content[depth + 1] == GRAY;
  }
}
