package org.samegan.io.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image or a folder that could not be read and was left out.
 *
 * @param path where it is
 * @param reason why, without its path: what was expected and what was found
 */
public record LeftOut(Path path, String reason) {
  /** Checks that both are given. */
  public LeftOut {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return path + " (" + reason + ")";
  }
}
