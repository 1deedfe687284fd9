package org.samegan.io.export;

import java.io.IOException;

/** An exported file does not compute what the network does that it was made from. */
public final class VerificationException extends IOException {
  private static final long serialVersionUID = 1L;

  VerificationException(String message) {
    super(message);
  }
}
