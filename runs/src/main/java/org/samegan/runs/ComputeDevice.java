package org.samegan.runs;

import java.util.Locale;
import java.util.function.Consumer;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.device.Device;
import org.samegan.io.run.Machine;

/** Where to compute, and the start of ND4J, which takes seconds and happens once. */
public final class ComputeDevice {
  private ComputeDevice() {}

  /**
   * Decides where to compute. Cheap.
   *
   * @param name auto, cpu or gpu
   * @param notices is told if the decision is not what one would expect
   * @throws IllegalArgumentException if there is no such device, or it can't be used, with the
   *     reason
   */
  public static Device select(String name, Consumer<String> notices) {
    Device.Choice choice = Device.named(name).select();
    choice.notice().ifPresent(notices);
    return choice.device();
  }

  /**
   * Loads ND4J. Of its threads those that OpenMP makes for the calling thread are limited: that is
   * where ops, oneDNN and OpenBLAS all get theirs.
   *
   * @param device as {@link #select} has it
   * @param threads how many, 0 for one for each core
   * @return what computes now
   * @throws ComputeException if ND4J can't be started
   */
  public static Machine start(Device device, int threads) {
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
      throw new ComputeException(
          String.format(
              Locale.ROOT,
              "ND4J's native library can't be loaded (%s); build again for this machine, or choose"
                  + " another device with the option device",
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
      throw new ComputeException(
          "this ND4J backend has no threads to count or limit (" + e + "); build again", e);
    }
  }
}
