package org.samegan.io.file;

import java.nio.file.Path;
import java.util.Locale;

/** A file was written by a later version, in a format that this one doesn't know. */
public class TooNewException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  private final int version;
  private final int newest;
  private final String writer;

  /**
   * For a format.
   *
   * @param version that of the file's format
   * @param newest the newest that can be read
   * @param writer the version of SameGAN that wrote the file
   */
  public TooNewException(Path path, int version, int newest, String writer) {
    super(
        path,
        String.format(
            Locale.ROOT,
            "format version %d, written by SameGAN %s; this version reads up to %d; use SameGAN %s"
                + " or later",
            version,
            writer,
            newest,
            writer),
        null);
    this.version = version;
    this.newest = newest;
    this.writer = writer;
  }

  /** The version of the file's format. */
  public int version() {
    return version;
  }

  /** The newest that can be read. */
  public int newest() {
    return newest;
  }

  /** The version of SameGAN that wrote it. */
  public String writer() {
    return writer;
  }
}
