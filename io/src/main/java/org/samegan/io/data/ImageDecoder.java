package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.samegan.io.image.ByteImage;

/**
 * Decodes PNG and JPEG files to 8 bits a channel, gray or RGB. The picture is turned upright as its
 * Exif orientation says; inks (CMYK and YCCK) become RGB; transparency is laid over white; colour
 * profiles are not applied and gamma is left alone.
 */
final class ImageDecoder {
  private static final long MAX_FILE_BYTES = 1L << 28;
  private static final String REMEDY =
      "replace or remove the file, or leave bad images out with the option skip-bad";

  private ImageDecoder() {}

  /**
   * Reads one file, by its content, whatever its name.
   *
   * @throws DataFormatException if it is not an intact PNG or JPEG
   * @throws IOException if it cannot be read at all
   */
  static ByteImage decode(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw bad(file, "image", "a file that can be read", "a broken link or no permission to read");
    }
    if (!Files.isRegularFile(file)) {
      // Reading a pipe or a device may never end.
      throw bad(file, "image", "a regular file", "a directory, pipe, socket or device");
    }
    long length = Files.size(file);
    if (length > MAX_FILE_BYTES) {
      throw bad(file, "file length", "at most " + MAX_FILE_BYTES + " bytes", length + " bytes");
    }
    byte[] content = Files.readAllBytes(file);
    try {
      if (PngChunks.isPng(content)) {
        return PngDecoder.decode(file, content, REMEDY);
      }
      if (JpegHeader.isJpeg(content)) {
        return JpegDecoder.decode(file, content, REMEDY);
      }
    } catch (JdkReader.Refusal e) {
      DataFormatException failure = bad(file, e.what(), e.expected(), e.found());
      failure.initCause(e);
      throw failure;
    } catch (OutOfMemoryError e) {
      // One array was too large for the heap, which is as it was before: the rest can go on.
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      String expected =
          String.format(Locale.ROOT, "one that can be decoded in Java's heap of %d MiB", heap);
      DataFormatException failure = bad(file, "image size", expected, "too many pixels");
      failure.initCause(e);
      throw failure;
    }
    throw bad(file, "image", "a PNG or JPEG file", FileKind.describe(content));
  }

  private static DataFormatException bad(Path file, String what, String expected, String found) {
    return new DataFormatException(file, what, expected, found, REMEDY);
  }
}
