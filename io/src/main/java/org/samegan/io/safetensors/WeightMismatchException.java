package org.samegan.io.safetensors;

import java.io.IOException;
import java.nio.file.Path;

/** A sound file does not hold the weights of the networks they are to be for. */
public final class WeightMismatchException extends IOException {
  private static final long serialVersionUID = 1L;

  WeightMismatchException(Path path, String message) {
    super(path + ": " + message);
  }
}
