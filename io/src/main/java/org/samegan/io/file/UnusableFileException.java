package org.samegan.io.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file is there but can't be used: it is damaged, or not what is needed. */
public final class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A fault.
   *
   * @param path of the file
   * @param what it is a fault of
   * @param advice what to do about it
   * @param cause null if there is none
   */
  public UnusableFileException(
      Path path, String what, String expected, String found, String advice, Throwable cause) {
    super(
        String.format("%s: %s: expected %s, found %s; %s", path, what, expected, found, advice),
        cause);
    this.path = path.toString();
  }

  /** Where the file is. */
  public Path path() {
    return Path.of(path);
  }
}
