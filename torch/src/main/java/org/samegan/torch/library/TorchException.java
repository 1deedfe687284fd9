package org.samegan.torch.library;

import java.util.Locale;
import org.samegan.core.backend.ComputeException;

/** libtorch can't be used, or refused a call. The message says which, and what to do. */
public final class TorchException extends ComputeException {
  private static final long serialVersionUID = 1;

  /** With a sentence. */
  public TorchException(String message) {
    super(message);
  }

  /** With a sentence and what it came from. */
  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Refuses to go on after a C function that reported an error. */
  static void check(int code, String call) {
    if (code != 0) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "libtorch refused %s: %s",
              call,
              LibTorch.lastError().orElse("its own words are on the standard error stream")));
    }
  }
}
