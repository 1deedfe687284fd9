package org.samegan.cli;

import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.device.Device;
import org.samegan.io.run.Machine;
import org.samegan.io.run.RunConfig;
import picocli.CommandLine.Option;

/** The options for where and how wide to compute, and the start of ND4J. */
final class Compute {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where to compute; default: a GPU if there is a usable one, else the CPU.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads to compute with; default: one for each core. It decides bits.")
  private Integer threads;

  /** The device asked for on the command line, or else this one. */
  String deviceOr(String other) {
    String chosen = device == null ? other : device;
    return Device.named(chosen).label();
  }

  /** The threads asked for on the command line, or else this number. */
  int threadsOr(int other) {
    if (threads != null && (threads < 0 || threads > RunConfig.MAXIMUM_THREADS)) {
      throw new IllegalArgumentException(
          String.format(
              "--threads must be a whole number from 1 to %d, or 0 for one for each core, found %d",
              RunConfig.MAXIMUM_THREADS, threads));
    }
    return threads == null ? other : threads;
  }

  /** Decides where to run, and tells if that is not what one would expect. Cheap. */
  static Device select(String device, Terminal terminal) {
    Device.Choice choice = Device.named(device).select();
    choice.notice().ifPresent(notice -> terminal.say("%s", notice));
    return choice.device();
  }

  /**
   * Loads ND4J. Of its threads those that OpenMP makes for the calling thread are limited: that is
   * where ops, oneDNN and OpenBLAS all get theirs.
   *
   * @param device as {@link #select} has it
   * @param threads how many, 0 for one for each core
   * @return what computes now
   */
  static Machine start(Device device, int threads) {
    try {
      Nd4j.getEnvironment();
      if (threads > 0) {
        nativeOp("setOmpNumThreads", new Class<?>[] {int.class}, threads);
      }
      // OpenMP's own number, which cores, limits and environment decide where none is asked for.
      return Machine.running(device, (int) nativeOp("ompGetMaxThreads", new Class<?>[0]));
    } catch (LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new CommandException(
          String.format(
              "ND4J's native library can't be loaded (%s); build again for this machine (remove"
                  + " cli/target and run ./samegan), or choose another device with --device",
              root),
          e);
    }
  }

  /** By reflection, as backends and what they share are on the class path only at run time. */
  private static Object nativeOp(String name, Class<?>[] types, Object... arguments) {
    try {
      Class<?> holderType = Class.forName("org.nd4j.nativeblas.NativeOpsHolder");
      Class<?> opsType = Class.forName("org.nd4j.nativeblas.NativeOps");
      Object holder = holderType.getMethod("getInstance").invoke(null);
      Object ops = holderType.getMethod("getDeviceNativeOps").invoke(holder);
      return opsType.getMethod(name, types).invoke(ops, arguments);
    } catch (ReflectiveOperationException e) {
      throw new CommandException(
          "this ND4J backend has no threads to count or limit ("
              + e
              + "); build again (remove cli/target and run ./samegan)",
          e);
    }
  }
}
