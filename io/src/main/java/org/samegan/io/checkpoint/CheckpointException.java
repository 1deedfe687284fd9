package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A checkpoint can't be used. Each reason has a class of its own. */
public abstract sealed class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String path;

  private CheckpointException(Path path, String message, Throwable cause) {
    super(path + ": " + message, cause);
    this.path = path.toString();
  }

  /** The file or directory at fault. */
  public Path path() {
    return Path.of(path);
  }

  /** Something was changed after it was written. */
  public static final class Corrupt extends CheckpointException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String expected;
    private final String found;

    Corrupt(Path path, String what, String expected, String found, Throwable cause) {
      super(
          path,
          String.format(
              "%s: expected %s, found %s; the checkpoint is damaged, use another one of the run",
              what, expected, found),
          cause);
      this.what = what;
      this.expected = expected;
      this.found = found;
    }

    /** What of the file is wrong: its size, its SHA-256, a variable. */
    public String what() {
      return what;
    }

    /** What it should be. */
    public String expected() {
      return expected;
    }

    /** What it is. */
    public String found() {
      return found;
    }
  }

  /** Something is missing. */
  public static final class Incomplete extends CheckpointException {
    private static final long serialVersionUID = 1L;

    private final String missing;

    Incomplete(Path path, String missing, String what) {
      super(path, what + "; copy it again in full, or use another checkpoint of the run", null);
      this.missing = missing;
    }

    /** The missing file's name. */
    public String missing() {
      return missing;
    }
  }

  /** It was written by a later version. */
  public static final class TooNew extends CheckpointException {
    private static final long serialVersionUID = 1L;

    private final int found;
    private final int known;
    private final String writer;

    TooNew(Path path, int found, int known, String writer) {
      super(
          path,
          String.format(
              "format version %d, written by SameGAN %s; this version reads up to %d;"
                  + " use SameGAN %s or later",
              found, writer, known, writer),
          null);
      this.found = found;
      this.known = known;
      this.writer = writer;
    }

    /** The version of its format. */
    public int found() {
      return found;
    }

    /** The latest version that can be read. */
    public int known() {
      return known;
    }

    /** The version of SameGAN that wrote it. */
    public String writer() {
      return writer;
    }
  }

  /** It is of another model than it is to be used for. */
  public static final class OtherModel extends CheckpointException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String found;

    OtherModel(Path path, String expected, String found) {
      super(
          path,
          String.format(
              "the checkpoint is of another model: expected %s, found %s;"
                  + " use a checkpoint of this run, or resume the run it belongs to",
              expected, found),
          null);
      this.expected = expected;
      this.found = found;
    }

    /** The model that was asked for. */
    public String expected() {
      return expected;
    }

    /** The model that it is of. */
    public String found() {
      return found;
    }
  }
}
