package org.samegan.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.backend.Backend;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.device.ComputeDevice;

/** The libtorch that the build has unpacked, or that it was told of; tests are skipped without. */
final class Libtorch {
  private Libtorch() {}

  private static Path file() {
    return Path.of(Optional.ofNullable(System.getenv("SAMEGAN_LIBTORCH")).orElse(""));
  }

  static boolean isThere() {
    return Files.isRegularFile(file());
  }

  static void assumeThere() {
    assumeTrue(isThere(), () -> "there is no libtorch at " + file());
  }

  /** The backend that the command line takes with these options. */
  static Backend backend() {
    assumeThere();
    RunConfig config =
        RunConfig.DEFAULTS.with(RunOptions.BACKEND, "libtorch").with(RunOptions.DEVICE, "cpu");
    return ComputeDevice.select(config, notice -> {}).start().backend();
  }
}
