package org.samegan.runs.device;

import java.util.Locale;
import java.util.Optional;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.device.Device;
import org.samegan.io.run.Machine;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.torch.TorchBackend;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.CudaRuntime;
import org.samegan.torch.library.LibTorch;
import org.samegan.torch.library.LibTorchPlaces;
import org.samegan.torch.library.TorchException;

/** A libtorch that was found and loaded, and one device of it. */
final class TorchPlace implements ComputeDevice {
  /** From this compute capability on GPUs multiply bfloat16. */
  private static final int TENSOR_CORES = 8;

  private final TorchDevice device;
  private final RunConfig config;

  private TorchPlace(TorchDevice device, RunConfig config) {
    this.device = device;
    this.config = config;
  }

  /**
   * Finds, loads and checks libtorch.
   *
   * @param where CPU, GPU, or AUTO for a GPU if this libtorch can use one
   * @throws ComputeException if there is none, or it or the GPU can't be used
   */
  static TorchPlace open(RunConfig config, Device where) {
    LibTorch torch = LibTorch.load(LibTorchPlaces.search().require().file());
    TorchPlace place = new TorchPlace(device(torch, where), config);
    place.requirePrecision();
    return place;
  }

  private static TorchDevice device(LibTorch torch, Device where) {
    return switch (where) {
      case CPU -> TorchDevice.cpu(torch);
      case GPU -> TorchDevice.cuda(torch, 0);
      case AUTO -> {
        try {
          yield TorchDevice.cuda(torch, 0);
        } catch (TorchException e) {
          yield TorchDevice.cpu(torch);
        }
      }
    };
  }

  @Override
  public boolean isGpu() {
    return device.isCuda();
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s with libtorch %s",
        device.gpu().map(CudaRuntime.Gpu::name).orElse("CPU"),
        device.library().version());
  }

  @Override
  public Computing start() {
    device.setPrecision(Precision.valueOf(precision().toUpperCase(Locale.ROOT)));
    device.setTiming(config.get(RunOptions.TIMED_KERNELS));
    Nd4jRuntime.start(config.count(RunOptions.THREADS));
    LibTorch torch = device.library();
    if (config.count(RunOptions.THREADS) > 0) {
      torch.setThreads(config.count(RunOptions.THREADS));
    }
    Optional<CudaRuntime.Gpu> gpu = device.gpu();
    Backend backend =
        new TorchBackend(device, Forms.of(device), !config.get(RunOptions.NO_CUDA_GRAPHS));
    return new Computing(
        backend,
        Machine.running(
            isGpu() ? Device.GPU : Device.CPU,
            torch.threads(),
            new Machine.LibTorch(
                torch.version(),
                precision(),
                gpu.map(CudaRuntime.Gpu::name).orElse(null),
                gpu.map(CudaRuntime.Gpu::runtime).orElse(null),
                gpu.map(CudaRuntime.Gpu::driver).orElse(null))));
  }

  @Override
  public String precision() {
    return asked() == Precision.TF32 && !isGpu() ? "fp32" : config.get(RunOptions.PRECISION);
  }

  private Precision asked() {
    return Precision.valueOf(config.get(RunOptions.PRECISION).toUpperCase(Locale.ROOT));
  }

  private void requirePrecision() {
    device
        .gpu()
        .filter(gpu -> gpu.major() < TENSOR_CORES && asked() == Precision.BF16)
        .ifPresent(
            gpu -> {
              throw new ComputeException(
                  String.format(
                      Locale.ROOT,
                      "the option precision bf16 needs a GPU with compute capability 8.0 or later,"
                          + " found %s; use fp32",
                      gpu.name()));
            });
  }
}
