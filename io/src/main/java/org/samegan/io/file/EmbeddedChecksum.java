package org.samegan.io.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file's own SHA-256 as text inside it: the 64 hexadecimal digits of the file with 64 zeros in
 * their place. A change of any byte is noticed.
 */
public final class EmbeddedChecksum {
  /** What stands in the digits' place while they are computed. */
  public static final String ZEROS = "0".repeat(2 * Sha256.BYTES);

  private EmbeddedChecksum() {}

  /**
   * Puts the checksum in its place, the last 64 zeros.
   *
   * @param unsigned is changed
   * @return the digits
   */
  public static String sign(byte[] unsigned) {
    String digits = Sha256.hex(unsigned);
    ByteBuffer content = ByteBuffer.wrap(unsigned);
    content.position(place(content, ascii(ZEROS))).put(ascii(digits));
    return digits;
  }

  /**
   * The checksum that a signed file should have.
   *
   * @param signed is left as it is, and not copied
   * @param digits those that it has
   * @return the same digits if the file is whole; none if they are no checksum or are not in it
   */
  public static Optional<String> of(ByteBuffer signed, String digits) {
    ByteBuffer content = signed.slice();
    int place = digits.length() == ZEROS.length() ? place(content, ascii(digits)) : -1;
    if (place < 0) {
      return Optional.empty();
    }
    int end = place + ZEROS.length();
    MessageDigest digest = Sha256.start();
    digest.update(content.slice(0, place));
    digest.update(ascii(ZEROS));
    digest.update(content.slice(end, content.limit() - end));
    return Optional.of(HexFormat.of().formatHex(digest.digest()));
  }

  private static ByteBuffer ascii(String digits) {
    return ByteBuffer.wrap(digits.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int place(ByteBuffer content, ByteBuffer digits) {
    int length = digits.limit();
    for (int at = content.limit() - length; at >= 0; at--) {
      if (content.get(at) == digits.get(0) && content.slice(at, length).equals(digits)) {
        return at;
      }
    }
    return -1;
  }
}
