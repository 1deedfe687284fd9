import java.util.Locale;
import org.samegan.core.device.CpuBinary;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.LibTorch;
import org.samegan.torch.library.LibTorchPlaces;

/**
 * One part of {@code bench/gpu-check}: {@code GpuCheck PART gpu|cpu [ARGUMENT...]}. Parts are
 * {@code variants}, {@code bits} and {@code time WORKLOAD}. libtorch is found as the command line
 * finds it.
 */
public final class GpuCheck {
  private GpuCheck() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    CpuBinary.select();
    LibTorch torch = LibTorch.load(LibTorchPlaces.search().require().file());
    TorchDevice device =
        args[1].equals("gpu") ? TorchDevice.cuda(torch, 0) : TorchDevice.cpu(torch);
    // Without TF32's or determinism's setter the numbers below would be of something else.
    device.refusedSettings().forEach((what, why) -> System.out.printf("%s: %s%n", what, why));
    switch (args[0]) {
      case "variants" -> new VariantErrors(TorchDevice.cpu(torch), device).print();
      case "bits" -> new SameBits(device).print();
      case "time" -> new StepTimes(device).print(args[2]);
      default -> throw new IllegalArgumentException("there is no part '" + args[0] + "'");
    }
    // libtorch's threads would keep the process.
    System.exit(0);
  }
}
