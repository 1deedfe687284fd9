package org.samegan.torch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.LibTorch;

/**
 * The libtorch that tests run on: the one that the build names by the environment variable
 * SAMEGAN_LIBTORCH, or where that is not set the one that it unpacks, where it does.
 */
public final class TestLibrary {
  private static final Path UNPACKED = Path.of("target", "libtorch", "libtorch.so");
  private static TorchDevice cpu;

  private TestLibrary() {}

  /** Its file; the test is skipped where there is none. */
  public static Path file() {
    String named = System.getenv("SAMEGAN_LIBTORCH");
    Path file = named == null ? UNPACKED : Path.of(named);
    assumeTrue(Files.isRegularFile(file), () -> "there is no libtorch at " + file);
    return file;
  }

  /** The CPU. */
  public static synchronized TorchDevice cpu() {
    if (cpu == null) {
      cpu = TorchDevice.cpu(LibTorch.load(file()));
    }
    return cpu;
  }
}
