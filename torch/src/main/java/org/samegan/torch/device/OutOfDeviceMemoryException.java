package org.samegan.torch.device;

/** A device has no room for a tensor. */
public final class OutOfDeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfDeviceMemoryException(long needed, long free) {
    super(
        String.format(
            "the GPU has %d MB free and %d MB more are needed; take a smaller batch",
            free >> 20, needed >> 20));
  }
}
