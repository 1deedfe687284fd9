package org.samegan.io.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Says in error messages what a file is, by how it starts: its name often tells something else. */
final class FileKind {
  private static final int SHOWN = 8;
  private static final int TEXT_LOOKED_AT = 512;

  /** Kinds that users' files with a picture's or a data file's name have turned out to be. */
  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("a PNG image", 0, "\u0089PNG"),
          new Signature("a JPEG image", 0, "\u00ff\u00d8\u00ff"),
          new Signature("a GIF image", 0, "GIF8"),
          new Signature("a WebP image", 8, "WEBP"),
          new Signature("an AVIF image", 4, "ftypavi"),
          new Signature("a HEIF image", 4, "ftyphei"),
          new Signature("a HEIF image", 4, "ftyphev"),
          new Signature("a HEIF image", 4, "ftypmif1"),
          new Signature("a video", 4, "ftyp"),
          new Signature("a TIFF image", 0, "II*\0"),
          new Signature("a TIFF image", 0, "MM\0*"),
          new Signature("a BMP image", 0, "BM"),
          new Signature("a JPEG XL image", 0, "\u00ff\n"),
          new Signature("a JPEG XL image", 4, "JXL \r\n"),
          new Signature("a JPEG 2000 image", 4, "jP  \r\n"),
          new Signature("a PDF document", 0, "%PDF-"),
          new Signature("a gzip archive", 0, "\u001f\u008b"),
          new Signature("a zip archive", 0, "PK\u0003\u0004"),
          new Signature("a tar archive", 257, "ustar"),
          new Signature("a NumPy array", 0, "\u0093NUMPY"),
          new Signature("a Git LFS pointer, not the file itself", 0, "version https://git-lfs"));

  private FileKind() {}

  static String describe(byte[] content) {
    if (content.length == 0) {
      return "an empty file";
    }
    for (Signature signature : SIGNATURES) {
      if (signature.matches(content)) {
        return signature.kind();
      }
    }
    String text =
        new String(
                Arrays.copyOf(content, Math.min(TEXT_LOOKED_AT, content.length)),
                StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    if (text.contains("<!doctype html") || text.contains("<html")) {
      return "an HTML page";
    }
    if (text.contains("<svg")) {
      return "an SVG image";
    }
    byte[] start = Arrays.copyOf(content, Math.min(SHOWN, content.length));
    return "a file that starts with the bytes " + HexFormat.ofDelimiter(" ").formatHex(start);
  }

  /** Bytes, written as ISO 8859-1, that files of a kind have at a place. */
  private record Signature(String kind, int at, String bytes) {
    boolean matches(byte[] content) {
      int length = bytes.length();
      return content.length >= at + length
          && new String(content, at, length, StandardCharsets.ISO_8859_1).equals(bytes);
    }
  }
}
