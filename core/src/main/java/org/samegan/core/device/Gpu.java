package org.samegan.core.device;

import java.util.Locale;

/**
 * A GPU as NVIDIA's driver describes it.
 *
 * @param name the model, such as {@code Tesla T4}
 * @param major the compute capability's first number
 * @param minor the compute capability's second number
 */
public record Gpu(String name, int major, int minor) {
  /** What {@link #isSupported} asks for, in words. */
  public static final String SUPPORTED = "3.7 to 8.9";

  /**
   * Whether nd4j-cuda-11.6 1.0.0-M2.1 has code for it: machine code from 3.7 to 8.6, which 8.9 runs
   * too, and no PTX that the driver could compile for anything later.
   */
  boolean isSupported() {
    int capability = 10 * major + minor;
    return capability >= 37 && capability <= 89;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s with compute capability %d.%d", name, major, minor);
  }
}
