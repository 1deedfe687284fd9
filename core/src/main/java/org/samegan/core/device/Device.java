package org.samegan.core.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where arrays live and ops run, as it is asked for. */
public enum Device {
  /** A GPU if there is one that the installed backend can use, else the CPU. */
  AUTO,
  /** The CPU. */
  CPU,
  /** A GPU, or an error. */
  GPU;

  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  /**
   * What a choice of device has come to.
   *
   * @param device CPU or GPU
   * @param notice what the user should be told, if there is something unexpected
   */
  public record Choice(Device device, Optional<String> notice) {}

  /** The name in options and files, such as {@code gpu}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The device of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Device named(String label) {
    for (Device device : values()) {
      if (device.label().equals(label)) {
        return device;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "the device must be auto, cpu or gpu, found '%s'", label));
  }

  /**
   * Decides where to run, from the backends on the class path and the machine's GPUs, and makes
   * ND4J's loader follow. It must be called before any ND4J class is used.
   *
   * @throws IllegalArgumentException if this device can't be had, with what was found
   */
  public Choice select() {
    boolean cuda = hasCudaBackend();
    boolean cpu = present(CPU_BACKEND);
    Choice choice = decide(cpu, cuda, this == CPU ? GpuListing.EMPTY : GpuListing.ofThisMachine());
    if (choice.device() == CPU) {
      CpuBinary.select();
      if (cuda) {
        CpuBackendOnly.install();
      }
    }
    return choice;
  }

  /** The decision alone. */
  Choice decide(boolean cpuBackend, boolean cudaBackend, GpuListing listing) {
    Optional<String> obstacle = obstacle(cudaBackend, listing);
    if (this == GPU && obstacle.isPresent()) {
      throw new IllegalArgumentException(
          "the option device gpu was asked for, but "
              + obstacle.get()
              + "; or use the option device cpu");
    }
    if (this != CPU && obstacle.isEmpty()) {
      return new Choice(GPU, Optional.empty());
    }
    if (!cpuBackend) {
      throw new IllegalArgumentException(
          "the CPU is to be used"
              + obstacle.map(reason -> this == CPU ? "" : ", as " + reason).orElse("")
              + ", but this build has no backend for it; build with one:"
              + " SAMEGAN_BACKEND=native ./samegan ...");
    }
    boolean expected = this == CPU || (!cudaBackend && listing.gpus().isEmpty());
    return new Choice(
        CPU, expected ? Optional.empty() : obstacle.map(reason -> "using the CPU: " + reason));
  }

  /** Why no GPU can be used, if none can. */
  private static Optional<String> obstacle(boolean cudaBackend, GpuListing listing) {
    List<Gpu> gpus = listing.gpus();
    // ND4J uses the first device.
    if (!gpus.isEmpty() && !gpus.get(0).isSupported()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the GPU found, %s, can't run ND4J's CUDA 11.6 binary, which is for compute"
                  + " capabilities %s; libtorch can, with the option backend libtorch",
              gpus.get(0),
              Gpu.SUPPORTED));
    }
    if (!cudaBackend) {
      return Optional.of(
          "this build of ND4J has no CUDA backend"
              + (gpus.isEmpty() ? "" : " (found " + gpus.get(0) + ")")
              + "; use libtorch, with the option backend libtorch");
    }
    return gpus.isEmpty()
        ? Optional.of("no GPU was found (" + listing.problem() + ")")
        : Optional.empty();
  }

  /** Whether this build has ND4J's CUDA library, which few GPUs can run. */
  public static boolean hasCudaBackend() {
    return present(CUDA_BACKEND);
  }

  private static boolean present(String className) {
    String resource = className.replace('.', '/') + ".class";
    return Device.class.getClassLoader().getResource(resource) != null;
  }
}
