package org.samegan.core.backend;

/** A device, or a library that is to compute, can't do so, for a reason that the message says. */
public class ComputeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, in full. */
  public ComputeException(String message) {
    super(message);
  }

  /** The same with a cause. */
  public ComputeException(String message, Throwable cause) {
    super(message, cause);
  }
}
