package org.samegan.io.data;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.samegan.io.file.UnusableFileException;

/**
 * A data file or directory is not what it should be. The message reads {@code <path>: <what> at
 * byte <offset>: expected <x>, found <y>; <what to do>}; the offset is left out where there is
 * none.
 */
public class DataFormatException extends UnusableFileException {
  private static final long serialVersionUID = 1L;
  private static final long NO_OFFSET = -1;

  private final long offset;

  /**
   * A fault of a file as a whole.
   *
   * @param path the file or directory
   * @param what the faulty thing, such as "label count"
   * @param expected what should have been there
   * @param found what was there
   * @param remedy what the user can do about it
   */
  public DataFormatException(Path path, String what, String expected, String found, String remedy) {
    this(path, what, NO_OFFSET, expected, found, remedy);
  }

  /**
   * A fault at one place of a file.
   *
   * @param path the file
   * @param what the faulty thing, such as "magic number"
   * @param offset the byte it starts at, from 0; in a gzip file, after decompression
   * @param expected what should have been there
   * @param found what was there
   * @param remedy what the user can do about it
   */
  public DataFormatException(
      Path path, String what, long offset, String expected, String found, String remedy) {
    super(
        path,
        offset == NO_OFFSET ? what : what + " at byte " + offset,
        expected,
        found,
        remedy,
        null);
    this.offset = offset;
  }

  /** The byte at which the fault starts, if it has a place. */
  public OptionalLong offset() {
    return offset == NO_OFFSET ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
