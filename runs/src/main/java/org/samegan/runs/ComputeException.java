package org.samegan.runs;

/** Nothing can be computed on this machine, for a reason that the message says in full. */
public final class ComputeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ComputeException(String message, Throwable cause) {
    super(message, cause);
  }
}
