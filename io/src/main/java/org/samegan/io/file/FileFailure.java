package org.samegan.io.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What to throw where the file system refuses something: which file, why, and what to do. */
public final class FileFailure {
  private FileFailure() {}

  /**
   * A failure.
   *
   * @param file what it happened to
   * @param reason what could not be done and what to do, which follows the file's name
   * @param cause what the file system said
   */
  public static FileSystemException of(Path file, String reason, IOException cause) {
    FileSystemException failure = new FileSystemException(file.toString(), null, reason);
    failure.initCause(cause);
    return failure;
  }

  /** A file that can't be written. */
  public static FileSystemException couldNotWrite(Path file, IOException cause) {
    return of(
        file,
        String.format(
            Locale.ROOT,
            "cannot write the file (%s); check that the directory %s exists, is writable and has"
                + " free space",
            cause,
            file.getParent()),
        cause);
  }
}
