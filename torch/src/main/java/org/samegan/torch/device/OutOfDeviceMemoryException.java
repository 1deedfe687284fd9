package org.samegan.torch.device;

import java.util.Locale;
import org.samegan.core.backend.ComputeException;

/** A device has no room for a tensor. */
public final class OutOfDeviceMemoryException extends ComputeException {
  private static final long serialVersionUID = 1;

  OutOfDeviceMemoryException(long needed, long free) {
    super(
        String.format(
            Locale.ROOT,
            "the GPU has %,d MB free and %,d MB more are needed; take a smaller batch",
            free >> 20,
            needed >> 20));
  }

  OutOfDeviceMemoryException(long free, long all, Throwable cause) {
    super(
        String.format(
            Locale.ROOT,
            "the GPU has no memory left for a step, %,d of %,d MB are free; take a smaller batch,"
                + " or end what else uses it (nvidia-smi lists that)",
            free >> 20,
            all >> 20),
        cause);
  }
}
