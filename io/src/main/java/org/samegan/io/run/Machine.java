package org.samegan.io.run;

import java.util.Locale;
import java.util.Objects;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.device.Device;
import org.samegan.io.json.NullAllowed;

/**
 * What computes, as far as it decides bits and is known to us: sums are taken in another order by
 * another number of threads, another library or another GPU.
 *
 * @param device cpu or gpu
 * @param cpuLibrary which build of ND4J's library for the CPU, such as avx2; null on a GPU
 * @param threads how many compute, whatever was asked for
 * @param libtorch what computes in ND4J's place; null if ND4J does, or the run is older than this
 *     key
 */
public record Machine(
    String device, @NullAllowed String cpuLibrary, int threads, @NullAllowed LibTorch libtorch) {
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
   * PyTorch's library, and what it runs on.
   *
   * @param version PyTorch's, such as 2.11.0
   * @param precision of convolutions and products: fp32, tf32 or bf16
   * @param gpu the GPU's name and compute capability; null on a CPU
   * @param cuda the version of CUDA that it uses; null on a CPU
   * @param driver the newest CUDA that the GPU's driver knows; null on a CPU
   */
  public record LibTorch(
      String version,
      String precision,
      @NullAllowed String gpu,
      @NullAllowed String cuda,
      @NullAllowed String driver) {}

  /**
   * The machine that runs this with ND4J.
   *
   * @param device CPU or GPU, after it has been selected
   */
  public static Machine running(Device device, int threads) {
    return running(device, threads, null);
  }

  /**
   * The machine that runs this.
   *
   * @param device CPU or GPU, after it has been selected
   * @param libtorch what computes; null for ND4J
   */
  public static Machine running(Device device, int threads, LibTorch libtorch) {
    return new Machine(
        device.label(),
        device == Device.CPU ? CpuBinary.select().label() : null,
        threads,
        libtorch);
  }

  /** What computes: nd4j or libtorch. */
  public String backend() {
    return libtorch == null ? "nd4j" : "libtorch";
  }
}
