package org.samegan.io.data;

import java.util.Arrays;
import java.util.HexFormat;

/** Describes a file of unknown kind in an error message by how it starts. */
final class FirstBytes {
  private static final int SHOWN = 8;

  private FirstBytes() {}

  static String describe(byte[] content) {
    if (content.length == 0) {
      return "an empty file";
    }
    byte[] start = Arrays.copyOf(content, Math.min(SHOWN, content.length));
    return "a file that starts with the bytes " + HexFormat.ofDelimiter(" ").formatHex(start);
  }
}
