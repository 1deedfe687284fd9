package org.samegan.runs.device;

import java.util.function.Consumer;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.device.Device;
import org.samegan.core.device.GpuListing;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/**
 * Where to compute: what the options {@code backend} and {@code device} ask for, found and known to
 * be usable, but not begun yet.
 */
public sealed interface ComputeDevice permits Nd4jPlace, TorchPlace {
  /** Whether it is a GPU. */
  boolean isGpu();

  /** What it is, in words, such as {@code CPU}. */
  String description();

  /** How exactly convolutions and products are computed: fp32, tf32 or bf16. */
  String precision();

  /**
   * Starts what computes, which takes seconds the first time.
   *
   * @throws ComputeException if it can't be started
   */
  Computing start();

  /**
   * Decides where to compute.
   *
   * <p>By default that is libtorch on a GPU, where there is one and a libtorch that can use it, and
   * ND4J on the CPU everywhere else. A libtorch is only looked for where it is asked for or there
   * is a GPU; it is loaded and checked then.
   *
   * @param config its options for devices are read
   * @param notices is told if the decision is not what one would expect
   * @throws IllegalArgumentException if ND4J can't use the device, with the reason
   * @throws ComputeException if libtorch can't, with the reason
   */
  static ComputeDevice select(RunConfig config, Consumer<String> notices) {
    Device device = Device.named(config.get(RunOptions.DEVICE));
    ComputeDevice place =
        switch (config.get(RunOptions.BACKEND)) {
          case "nd4j" -> nd4j(config, device, notices);
          case "libtorch" -> insisted(config, device, notices);
          default -> either(config, device, notices);
        };
    tellOfOtherPrecision(config, place, notices);
    return place;
  }

  /** The CPU by ND4J, for what is computed there whatever runs are trained on. */
  static ComputeDevice cpu() {
    Device.CPU.select();
    return new Nd4jPlace(Device.CPU, 0);
  }

  private static ComputeDevice nd4j(RunConfig config, Device device, Consumer<String> notices) {
    Device.Choice choice = device.select();
    choice.notice().ifPresent(notices);
    return new Nd4jPlace(choice.device(), config.count(RunOptions.THREADS));
  }

  private static ComputeDevice torch(RunConfig config, Device device, Consumer<String> notices) {
    // ND4J draws and holds what goes to the device, on the CPU.
    Device.CPU.select();
    TorchPlace place = TorchPlace.open(config, device);
    if (device == Device.AUTO && !place.isGpu()) {
      GpuListing.ofThisMachine().gpus().stream()
          .findFirst()
          .ifPresent(
              gpu ->
                  notices.accept(
                      "using the CPU: this libtorch can't use the GPU found, "
                          + gpu
                          + "; the option device gpu says why"));
    }
    return place;
  }

  /** A run that was started with libtorch goes on without, if need be. */
  private static ComputeDevice insisted(RunConfig config, Device device, Consumer<String> notices) {
    try {
      return torch(config, device, notices);
    } catch (ComputeException e) {
      throw new ComputeException(e.getMessage() + "; or use the option backend nd4j", e);
    }
  }

  private static ComputeDevice either(RunConfig config, Device device, Consumer<String> notices) {
    if (device == Device.CPU) {
      return nd4j(config, device, notices);
    }
    GpuListing gpus = GpuListing.ofThisMachine();
    if (device == Device.AUTO && gpus.gpus().isEmpty()) {
      return nd4j(config, Device.CPU, notices);
    }
    try {
      return torch(config, Device.GPU, notices);
    } catch (ComputeException e) {
      if (Device.hasCudaBackend()) {
        return nd4j(config, device, notices);
      }
      if (device == Device.GPU) {
        throw e;
      }
      notices.accept("using the CPU and not " + gpus.gpus().get(0) + ": " + e.getMessage());
      return nd4j(config, Device.CPU, notices);
    }
  }

  private static void tellOfOtherPrecision(
      RunConfig config, ComputeDevice place, Consumer<String> notices) {
    String asked = config.get(RunOptions.PRECISION);
    if (!place.precision().equals(asked)) {
      notices.accept(
          "the option precision "
              + asked
              + (asked.equals("tf32") ? " is for GPUs and libtorch" : " is for libtorch")
              + ": everything is computed in "
              + place.precision()
              + " here");
    }
  }
}
