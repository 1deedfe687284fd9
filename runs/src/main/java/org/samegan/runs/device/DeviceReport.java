package org.samegan.runs.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.device.Device;
import org.samegan.core.device.Gpu;
import org.samegan.core.device.GpuListing;
import org.samegan.io.run.RunConfig;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.LibTorch;
import org.samegan.torch.library.LibTorchPlaces;

/** What this machine can compute with, and why what can't be used can't. */
public final class DeviceReport {
  /**
   * One thing that was looked at.
   *
   * @param what it is, such as {@code libtorch}
   * @param found what was found, or what is missing and what to do
   */
  public record Line(String what, String found) {}

  private final List<Line> lines = new ArrayList<>();

  private DeviceReport() {}

  /** Looks at all; libtorch is loaded, ND4J is not. */
  public static List<Line> ofThisMachine() {
    DeviceReport report = new DeviceReport();
    report.cpu();
    report.driver();
    report.libtorch();
    report.automatic();
    return List.copyOf(report.lines);
  }

  private void add(String what, String format, Object... values) {
    lines.add(new Line(what, String.format(Locale.ROOT, format, values)));
  }

  private void cpu() {
    add(
        "CPU",
        "%d cores, ND4J's library for %s",
        Runtime.getRuntime().availableProcessors(),
        CpuBinary.ofThisMachine().label());
  }

  private void driver() {
    GpuListing gpus = GpuListing.ofThisMachine();
    add(
        "GPU",
        "%s",
        gpus.gpus().isEmpty()
            ? "none: " + gpus.problem()
            : gpus.gpus().stream().map(Gpu::toString).collect(Collectors.joining("; ")));
    if (Device.hasCudaBackend()) {
      add("ND4J's CUDA", "in this build, for compute capabilities %s", Gpu.SUPPORTED);
    }
  }

  private void libtorch() {
    try {
      LibTorchPlaces.Found found = LibTorchPlaces.search().require();
      add("libtorch", "%s (%s)", found.file(), found.origin());
      LibTorch torch = LibTorch.load(found.file());
      add("", "version %s, all functions found, self-check passed", torch.version());
      add("", "cpu: usable, %d threads", torch.threads());
      gpu(torch);
    } catch (ComputeException e) {
      add("libtorch", "not usable: %s", e.getMessage());
    }
  }

  private void gpu(LibTorch torch) {
    try {
      TorchDevice device = TorchDevice.cuda(torch, 0);
      add("", "gpu: usable, %s", device.describe());
      add("", "gpu: %,d MB of %,d MB free", device.freeMemory() >> 20, device.allMemory() >> 20);
    } catch (ComputeException e) {
      add("", "gpu: not usable: %s", e.getMessage());
    }
  }

  private void automatic() {
    List<String> notices = new ArrayList<>();
    try {
      add("auto", "%s", ComputeDevice.select(RunConfig.DEFAULTS, notices::add).description());
    } catch (ComputeException | IllegalArgumentException e) {
      add("auto", "nothing: %s", e.getMessage());
    }
    notices.forEach(notice -> add("", "%s", notice));
  }
}
