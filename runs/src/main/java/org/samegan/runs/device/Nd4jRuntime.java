package org.samegan.runs.device;

import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.backend.ComputeException;

/** The start of ND4J, which takes seconds and happens once. */
final class Nd4jRuntime {
  private Nd4jRuntime() {}

  /**
   * Loads ND4J. Of its threads those that OpenMP makes for the calling thread are limited: that is
   * where ops, oneDNN and OpenBLAS all get theirs.
   *
   * @param threads how many, 0 for one for each core
   * @return how many compute now
   * @throws ComputeException if ND4J can't be started
   */
  static int start(int threads) {
    try {
      Nd4j.getEnvironment();
      if (threads > 0) {
        nativeOp("setOmpNumThreads", new Class<?>[] {int.class}, threads);
      }
      // OpenMP's own number, which cores, limits and environment decide where none is asked for.
      return (int) nativeOp("ompGetMaxThreads", new Class<?>[0]);
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
