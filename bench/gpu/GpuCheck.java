import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.samegan.core.device.CpuBinary;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.LibTorch;

/**
 * One part of {@code bench/gpu-check}: {@code GpuCheck PART LIBTORCH DEVICE [ARGUMENT...]}. Parts
 * are {@code facts}, {@code variants}, {@code bits}, {@code time WORKLOAD...} and {@code train FOLDER
 * SIZE WIDTH fp32|tf32 SECONDS OUT NAME}; DEVICE is {@code cuda} or {@code cpu}.
 */
public final class GpuCheck {
  private GpuCheck() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    CpuBinary.select();
    String[] rest = Arrays.copyOfRange(args, 3, args.length);
    LibTorch torch = LibTorch.load(Path.of(args[1]));
    TorchDevice device =
        args[2].equals("cpu") ? TorchDevice.cpu(torch) : TorchDevice.cuda(torch, 0);
    switch (args[0]) {
      case "facts" -> facts(torch, device);
      case "variants" -> new VariantErrors(TorchDevice.cpu(torch), device).print();
      case "bits" -> new SameBits(device).print();
      case "time" -> new StepTimes(device).print(rest);
      case "train" ->
          new FolderTraining(
                  device,
                  Path.of(rest[0]),
                  Integer.parseInt(rest[1]),
                  Integer.parseInt(rest[2]),
                  Precision.valueOf(rest[3].toUpperCase(Locale.ROOT)))
              .run(Integer.parseInt(rest[4]), Path.of(rest[5]), rest[6]);
      default -> throw new IllegalArgumentException("there is no part '" + args[0] + "'");
    }
    // libtorch's threads would keep the process.
    System.exit(0);
  }

  private static void facts(LibTorch torch, TorchDevice device) {
    System.out.printf("self-check passed: libtorch %s, %s%n", torch.version(), torch.file());
    System.out.printf("device: %s%n", device.describe());
    device.refusedSettings().forEach((what, why) -> System.out.printf("%s: %s%n", what, why));
    if (device.isCuda()) {
      System.out.printf("free memory: %d MB%n", device.freeMemory() >> 20);
    }
  }
}
