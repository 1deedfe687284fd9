package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A data file or directory is not what it should be. The message reads {@code <path>: <what> at
 * byte <offset>: expected <x>, found <y>; <what to do>}; the offset is left out where there is
 * none.
 */
public class DataFormatException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final long NO_OFFSET = -1;

  private final String path;
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
        "%s: %s%s: expected %s, found %s; %s"
            .formatted(
                path,
                what,
                offset == NO_OFFSET ? "" : " at byte " + offset,
                expected,
                found,
                remedy));
    this.path = path.toString();
    this.offset = offset;
  }

  /** The file or directory at fault. */
  public Path path() {
    return Path.of(path);
  }

  /** The byte at which the fault starts, if it has a place. */
  public OptionalLong offset() {
    return offset == NO_OFFSET ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
