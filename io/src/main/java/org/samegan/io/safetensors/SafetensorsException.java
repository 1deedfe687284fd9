package org.samegan.io.safetensors;

import java.nio.file.Path;
import java.util.Locale;
import org.samegan.io.file.UnusableFileException;

/** A file is no safetensors file, is damaged, or holds values that can't be used. */
public final class SafetensorsException extends UnusableFileException {
  private static final long serialVersionUID = 1L;
  private final long offset;

  /**
   * A fault.
   *
   * @param offset of the fault in the file, in bytes
   * @param what it is a fault of
   */
  SafetensorsException(
      Path path, long offset, String what, String expected, String found, Throwable cause) {
    super(
        path,
        String.format(
            Locale.ROOT,
            "at byte %d, %s: expected %s, found %s; the file is damaged or no safetensors file: copy"
                + " or export it again",
            offset,
            what,
            expected,
            found),
        cause);
    this.offset = offset;
  }

  /**
   * A sound file whose values can't be used.
   *
   * @param offset of the values in the file, in bytes
   */
  SafetensorsException(Path path, long offset, String message) {
    super(path, String.format(Locale.ROOT, "at byte %d, %s", offset, message), null);
    this.offset = offset;
  }

  /** Where in the file, in bytes. */
  public long offset() {
    return offset;
  }
}
