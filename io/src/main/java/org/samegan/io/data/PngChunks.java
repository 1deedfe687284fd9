package org.samegan.io.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Checks the chunks of a PNG file and their checksums, which the JDK's reader does not: it would
 * decode a file with flipped bits to wrong pixels.
 */
final class PngChunks {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int TYPE_BYTES = 4;

  /** Length, type and checksum. */
  private static final int FRAME_BYTES = 12;

  private PngChunks() {}

  static boolean isPng(byte[] content) {
    return content.length >= SIGNATURE.length
        && Arrays.equals(content, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static void requireIntact(Path file, byte[] content, String remedy) throws DataFormatException {
    ByteBuffer png = ByteBuffer.wrap(content);
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
            "%08x".formatted(stored),
            "%08x".formatted(checksum.getValue()),
            remedy);
      }
      at += FRAME_BYTES + length;
    }
  }
}
