package org.samegan.io.checkpoint;

import java.nio.file.Path;
import org.samegan.io.file.TooNewException;
import org.samegan.io.file.UnusableFileException;

/** A checkpoint can't be used. Each reason has a class of its own. */
public abstract sealed class CheckpointException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  private CheckpointException(Path path, String message, Throwable cause) {
    super(path, message, cause);
  }

  private CheckpointException(UnusableFileException fault) {
    super(fault);
  }

  /** Something was changed after it was written. */
  public static final class Corrupt extends CheckpointException {
    private static final long serialVersionUID = 1L;

    Corrupt(Path path, String what, String expected, String found, Throwable cause) {
      this(
          new UnusableFileException(
              path,
              what,
              expected,
              found,
              "the checkpoint is damaged, use another one of the run",
              cause));
    }

    Corrupt(UnusableFileException fault) {
      super(fault);
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

    private final TooNewException fault;

    TooNew(TooNewException fault) {
      super(fault);
      this.fault = fault;
    }

    /** The version of its format. */
    public int version() {
      return fault.version();
    }

    /** The newest that can be read. */
    public int newest() {
      return fault.newest();
    }

    /** The version of SameGAN that wrote it. */
    public String writer() {
      return fault.writer();
    }
  }

  /** Its directory's name says another step than it is of. */
  public static final class Misnamed extends CheckpointException {
    private static final long serialVersionUID = 1L;

    Misnamed(Path path, String expected, String found) {
      super(
          new UnusableFileException(
              path,
              "the name of the checkpoint's directory",
              expected,
              found,
              "it was copied or renamed: give it the name of its step, or remove it",
              null));
    }
  }

  /** It is of another model than it is to be used for. */
  public static final class OtherModel extends CheckpointException {
    private static final long serialVersionUID = 1L;

    OtherModel(Path path, String expected, String found) {
      super(
          new UnusableFileException(
              path,
              "the checkpoint is of another model",
              expected,
              found,
              "use a checkpoint of this run, or resume the run it belongs to",
              null));
    }
  }
}
