package org.samegan.torch.library;

import com.sun.jna.NativeLibrary;

/**
 * The C library's memory, from which libtorch takes what a step on the CPU computes and gives it
 * back after its last use.
 */
public final class HostMemory {
  private static final int TRIM_THRESHOLD = -1;
  private static final int MMAP_THRESHOLD = -3;
  private static final int LARGEST_KEPT = 1 << 30;

  private HostMemory() {}

  /**
   * Keeps what is given back for the next step, for the whole process. glibc would return large
   * blocks to the system at once, which zeroes every page that it hands out again: that took a
   * seventh of a step's time. Other C libraries are left as they are.
   */
  public static void keep() {
    NativeLibrary process = NativeLibrary.getProcess();
    if (SymbolBinding.has(process, "mallopt")) {
      process.getFunction("mallopt").invokeInt(new Object[] {MMAP_THRESHOLD, LARGEST_KEPT});
      process.getFunction("mallopt").invokeInt(new Object[] {TRIM_THRESHOLD, Integer.MAX_VALUE});
    }
  }
}
