package org.samegan.io.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file or directory is there but can't be used: it is damaged, or not what is needed. Kinds of
 * files have exceptions of their own that extend this one.
 */
public class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String fault;
  private final String what;
  private final String expected;
  private final String found;

  /**
   * A fault in the usual form.
   *
   * @param path of the file
   * @param what it is a fault of
   * @param advice what to do about it
   * @param cause null if there is none
   */
  public UnusableFileException(
      Path path, String what, String expected, String found, String advice, Throwable cause) {
    this(
        path,
        cause,
        String.format(Locale.ROOT, "%s: expected %s, found %s; %s", what, expected, found, advice),
        what,
        expected,
        found);
  }

  /**
   * A fault in words of its own.
   *
   * @param path of the file, which the message starts with
   * @param fault what is wrong and what to do about it
   * @param cause null if there is none
   */
  public UnusableFileException(Path path, String fault, Throwable cause) {
    this(path, cause, fault, null, null, null);
  }

  private UnusableFileException(
      Path path, Throwable cause, String fault, String what, String expected, String found) {
    super(path + ": " + fault);
    if (cause != null) {
      initCause(cause);
    }
    this.path = path.toString();
    this.fault = fault;
    this.what = what;
    this.expected = expected;
    this.found = found;
  }

  /** The same fault as another kind of exception. */
  protected UnusableFileException(UnusableFileException fault) {
    this(fault.path(), fault, fault.fault, fault.what, fault.expected, fault.found);
  }

  /** Where the file is. */
  public final Path path() {
    return Path.of(path);
  }

  /** What is wrong and what to do about it: the message without the path. */
  public final String fault() {
    return fault;
  }

  /** What it is a fault of, such as a size or a key; null for a fault in words of its own. */
  public final String what() {
    return what;
  }

  /** What there should be; null for a fault in words of its own. */
  public final String expected() {
    return expected;
  }

  /** What there is; null for a fault in words of its own. */
  public final String found() {
    return found;
  }
}
