package org.samegan.io.run;

import java.nio.file.Path;
import org.samegan.io.file.UnusableFileException;

/** A configuration file has a key or a value that is not allowed. */
public final class RunConfigException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  RunConfigException(Path file, String message, Throwable cause) {
    super(file, message, cause);
  }
}
