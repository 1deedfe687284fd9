package org.samegan.torch.library;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Streams and graphs of NVIDIA's GPUs. Streams come from libtorch, so that its operators run on
 * them; graphs from the runtime library that libtorch itself has loaded, because two copies of it
 * would not know each other's.
 */
public final class CudaRuntime {
  /** Allows other threads, and what libtorch allocates, to go on while a stream is captured. */
  private static final int RELAXED = 2;

  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;

  private static final String ADVICE = "install PyTorch 2.10 or later with CUDA";

  private static boolean bound;

  private CudaRuntime() {}

  /**
   * Binds the functions for a libtorch.
   *
   * @throws TorchException if it was not built for NVIDIA's GPUs, or there is none
   */
  public static synchronized void bind(LibTorch torch) {
    if (bound) {
      return;
    }
    if (!torch.hasCuda()) {
      throw new TorchException(
          String.format(
              "there is no GPU for %s, which was built for the CPU alone; %s, or use the CPU",
              torch.file(), ADVICE));
    }
    SymbolBinding.bind(CudaFunctions.class, torch.library(), ADVICE);
    SymbolBinding.bind(CudaRuntimeFunctions.class, loadedRuntime(), ADVICE);
    Native64 count = Native64.ofLength(1);
    int code = CudaRuntimeFunctions.deviceCount(count.address());
    if (code != 0 || count.getInt(0) < 1) {
      throw new TorchException(
          String.format(
              "there is no GPU that %s can use: %s; look at what nvidia-smi says of the driver",
              torch.file(), code == 0 ? "none found" : CudaRuntimeFunctions.errorString(code)));
    }
    bound = true;
  }

  /** Where paths of loaded libraries can't be looked up, by the names that they may have. */
  private static NativeLibrary loadedRuntime() {
    Path maps = Path.of("/proc/self/maps");
    List<String> files = new ArrayList<>();
    if (Files.isReadable(maps)) {
      try (Stream<String> lines = Files.lines(maps)) {
        lines
            .filter(line -> line.contains("/libcudart"))
            .map(line -> line.substring(line.indexOf('/')))
            .findFirst()
            .ifPresent(files::add);
      } catch (IOException e) {
        // the names below may do
        files.clear();
      }
    }
    files.addAll(List.of("libcudart.so.13", "libcudart.so.12", "cudart"));
    TorchException last = null;
    for (String file : files) {
      try {
        return SymbolBinding.open(file, ADVICE);
      } catch (TorchException e) {
        last = e;
      }
    }
    throw last;
  }

  private static void check(int code, String call) {
    if (code != 0) {
      CudaRuntimeFunctions.lastError();
      throw new TorchException(
          String.format("CUDA refused %s: %s", call, CudaRuntimeFunctions.errorString(code)));
    }
  }

  /** A stream of libtorch's, which lives as long as the process. */
  public static long newStream(int device) {
    Native64 result = Native64.ofLength(1);
    TorchException.check(
        CudaFunctions.streamFromPool(false, device, result.address()), "a stream of the GPU");
    return result.get(0);
  }

  /**
   * Sends what this thread calls from now on to a stream.
   *
   * @param stream 0 for the one that libtorch begins with
   */
  public static void use(long stream, int device) {
    TorchException.check(
        CudaFunctions.setCurrentStream(stream, device), "the choice of the GPU's stream");
  }

  /** Waits until everything on a stream has been done. */
  public static void synchronize(long stream) {
    check(CudaRuntimeFunctions.synchronize(stream), "to finish what the GPU was given");
  }

  /** Free and all memory of the GPU that is in use, in bytes. */
  public static long[] memory() {
    Native64 result = Native64.ofLength(2);
    check(CudaRuntimeFunctions.memory(result.address(0), result.address(1)), "to tell its memory");
    return new long[] {result.get(0), result.get(1)};
  }

  /** Versions and compute capability, in words. */
  public static String describe(int device) {
    Native64 result = Native64.ofLength(4);
    check(CudaRuntimeFunctions.driverVersion(result.address(0)), "the driver's version");
    check(CudaRuntimeFunctions.runtimeVersion(result.address(1)), "its version");
    check(
        CudaRuntimeFunctions.attribute(result.address(2), COMPUTE_CAPABILITY_MAJOR, device),
        "a GPU's compute capability");
    check(
        CudaRuntimeFunctions.attribute(result.address(3), COMPUTE_CAPABILITY_MINOR, device),
        "a GPU's compute capability");
    return String.format(
        "compute capability %d.%d, CUDA %s, driver for CUDA %s",
        result.getInt(2), result.getInt(3), version(result.getInt(1)), version(result.getInt(0)));
  }

  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }

  /**
   * Records what is sent to a stream instead of running it.
   *
   * @param stream which this thread {@link #use uses}
   * @return the recording, ready to be {@link #launch launched}, to be {@link #destroy destroyed}
   * @throws TorchException if anything can't be recorded; the stream then is as before
   */
  public static long capture(long stream, Runnable work) {
    Native64 graph = Native64.ofLength(1);
    check(CudaRuntimeFunctions.beginCapture(stream, RELAXED), "to record a stream");
    try {
      work.run();
    } catch (RuntimeException e) {
      CudaRuntimeFunctions.endCapture(stream, graph.address());
      CudaRuntimeFunctions.lastError();
      throw e;
    }
    check(CudaRuntimeFunctions.endCapture(stream, graph.address()), "to end a recording");
    Native64 executable = Native64.ofLength(1);
    try {
      check(
          CudaRuntimeFunctions.instantiate(executable.address(), graph.get(0), 0),
          "to prepare a recording");
    } finally {
      CudaRuntimeFunctions.destroyGraph(graph.get(0));
    }
    return executable.get(0);
  }

  /** Runs a recording on a stream, without waiting for it. */
  public static void launch(long recording, long stream) {
    int code = CudaRuntimeFunctions.launch(recording, stream);
    if (code != 0) {
      check(code, "to run a recording");
    }
  }

  /** Gives a recording back. */
  public static void destroy(long recording) {
    check(CudaRuntimeFunctions.destroyExecutable(recording), "to give a recording back");
  }
}
