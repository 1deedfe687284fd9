package org.samegan.io.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    put(digits, unsigned, place(unsigned, ZEROS));
    return digits;
  }

  /**
   * The checksum that a signed file should have.
   *
   * @param signed is left as it is
   * @param digits those that it has
   * @return the same digits if the file is whole; none if they are no checksum or are not in it
   */
  public static Optional<String> of(byte[] signed, String digits) {
    int place = digits.length() == ZEROS.length() ? place(signed, digits) : -1;
    if (place < 0) {
      return Optional.empty();
    }
    byte[] unsigned = signed.clone();
    put(ZEROS, unsigned, place);
    return Optional.of(Sha256.hex(unsigned));
  }

  private static void put(String digits, byte[] content, int place) {
    byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, content, place, bytes.length);
  }

  private static int place(byte[] content, String digits) {
    byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = content.length - bytes.length; at >= 0; at--) {
      if (Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length)) {
        return at;
      }
    }
    return -1;
  }
}
