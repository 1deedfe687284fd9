package org.samegan.io.run;

import java.util.Locale;
import java.util.Objects;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.device.Device;
import org.samegan.io.json.NullAllowed;

/**
 * What computes, as far as it decides bits and is known to us: sums are taken in another order by
 * another number of threads or another library.
 *
 * @param device cpu or gpu
 * @param cpuLibrary which build of ND4J's library for the CPU, such as avx2; null on a GPU
 * @param threads how many compute, whatever was asked for
 */
public record Machine(String device, @NullAllowed String cpuLibrary, int threads) {
  /** Checks the device, and that there is a thread. */
  public Machine {
    Objects.requireNonNull(device, "device");
    if (Device.named(device) == Device.AUTO || threads < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a machine is a cpu or gpu with at least 1 thread, found %s with %d",
              device,
              threads));
    }
  }

  /**
   * The machine that runs this.
   *
   * @param device CPU or GPU, after it has been selected
   */
  public static Machine running(Device device, int threads) {
    return new Machine(
        device.label(), device == Device.CPU ? CpuBinary.select().label() : null, threads);
  }
}
