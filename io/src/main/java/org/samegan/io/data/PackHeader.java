package org.samegan.io.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.samegan.core.Shape;
import org.samegan.io.file.Sha256;

/**
 * The first bytes of a packed file; see the package description for the format.
 *
 * @param count the number of images
 * @param shape height, width, channels
 * @param labelled whether every image has a label
 * @param classes the number of classes, 0 if unlabelled
 * @param key what the file was made from, 64 hexadecimal digits
 * @param fingerprint the SHA-256 of the content, 64 hexadecimal digits
 * @param tablesDigest the SHA-256 of what follows the pixels
 * @param tablesBytes the length of what follows the pixels
 */
record PackHeader(
    int count,
    Shape shape,
    boolean labelled,
    int classes,
    String key,
    String fingerprint,
    String tablesDigest,
    long tablesBytes) {
  static final byte VERSION = 3;

  /** Where the pixels start: on a page of its own, whatever is added to the header. */
  static final int PIXELS_AT = 4096;

  private static final byte[] MAGIC = "SGPACK".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKED_BYTES = 136;
  private static final String REMEDY = "delete the file, it will be made anew";

  long pixelBytes() {
    return (long) count * shape.elements();
  }

  long fileBytes() {
    return PIXELS_AT + pixelBytes() + tablesBytes;
  }

  ByteBuffer encode() {
    ByteBuffer header = ByteBuffer.allocate(PIXELS_AT);
    header.put(MAGIC).put(VERSION).put((byte) (labelled ? 1 : 0));
    header.putInt(count).putInt(shape.get(0)).putInt(shape.get(1)).putInt(shape.get(2));
    header.putInt(classes).putInt(0);
    header.put(HexFormat.of().parseHex(key));
    header.put(HexFormat.of().parseHex(fingerprint));
    header.put(HexFormat.of().parseHex(tablesDigest));
    header.putLong(tablesBytes);
    header.put(Sha256.digest(Arrays.copyOf(header.array(), CHECKED_BYTES)));
    return header.rewind();
  }

  /** Reads and checks the header of a file of a certain length. */
  static PackHeader decode(Path file, byte[] bytes, long fileBytes) throws DataFormatException {
    byte[] magic = Arrays.copyOf(bytes, MAGIC.length + 1);
    byte[] expected = Arrays.copyOf(MAGIC, MAGIC.length + 1);
    expected[MAGIC.length] = VERSION;
    if (bytes.length < PIXELS_AT || !Arrays.equals(magic, expected)) {
      throw new DataFormatException(
          file,
          "header of packed images",
          0,
          "SGPACK version " + VERSION + " and " + PIXELS_AT + " bytes",
          FileKind.describe(bytes),
          REMEDY);
    }
    byte[] digest = Arrays.copyOfRange(bytes, CHECKED_BYTES, CHECKED_BYTES + Sha256.BYTES);
    requireEqual(
        file,
        "checksum of the header",
        HexFormat.of().formatHex(digest),
        Sha256.hex(Arrays.copyOf(bytes, CHECKED_BYTES)));
    ByteBuffer header = ByteBuffer.wrap(bytes).position(MAGIC.length + 1);
    boolean labelled = header.get() == 1;
    int count = header.getInt();
    Shape shape = Shape.of(header.getInt(), header.getInt(), header.getInt());
    int classes = header.getInt();
    header.getInt();
    PackHeader result =
        new PackHeader(
            count,
            shape,
            labelled,
            classes,
            digest(header),
            digest(header),
            digest(header),
            header.getLong());
    requireEqual(
        file, "file length", String.valueOf(result.fileBytes()), String.valueOf(fileBytes));
    return result;
  }

  static void requireEqual(Path file, String what, String expected, String found)
      throws DataFormatException {
    if (!expected.equals(found)) {
      throw new DataFormatException(file, what, expected, found, REMEDY);
    }
  }

  private static String digest(ByteBuffer header) {
    byte[] digest = new byte[Sha256.BYTES];
    header.get(digest);
    return HexFormat.of().formatHex(digest);
  }
}
