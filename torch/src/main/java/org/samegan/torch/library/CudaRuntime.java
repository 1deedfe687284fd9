package org.samegan.torch.library;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  private static final String DRIVER = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
  private static final int NAME_LENGTH = 256;
  private static final String ADVICE = "install PyTorch 2.10 or later with CUDA";

  private static boolean bound;
  private static boolean driverBound;

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
              Locale.ROOT,
              "there is no GPU for %s, which was built for the CPU alone; %s, or use the CPU",
              torch.file(),
              ADVICE));
    }
    makeProductsRepeatable();
    SymbolBinding.bind(CudaFunctions.class, torch.library(), ADVICE);
    SymbolBinding.bind(CudaRuntimeFunctions.class, loadedRuntime(), ADVICE);
    Native64 count = Native64.ofLength(1);
    int code = CudaRuntimeFunctions.deviceCount(count.address());
    if (code != 0 || count.getInt(0) < 1) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "there is no GPU that %s can use: %s; look at what nvidia-smi says of the driver",
              torch.file(),
              code == 0 ? "none found" : CudaRuntimeFunctions.errorString(code)));
    }
    bound = true;
  }

  /**
   * cuBLAS's products of matrices are the same from run to run with a workspace of fixed size only,
   * which it reads from the environment when it starts; what the user says there is kept.
   */
  private static void makeProductsRepeatable() {
    NativeText name = new NativeText("CUBLAS_WORKSPACE_CONFIG");
    NativeText value = new NativeText(":4096:8");
    NativeLibrary process = NativeLibrary.getProcess();
    if (SymbolBinding.has(process, "setenv")) {
      Object[] unlessSet = {new Pointer(name.address()), new Pointer(value.address()), 0};
      process.getFunction("setenv").invokeInt(unlessSet);
    }
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
          String.format(
              Locale.ROOT, "CUDA refused %s: %s", call, CudaRuntimeFunctions.errorString(code)));
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

  /**
   * A GPU, and what runs it.
   *
   * @param name its model with its compute capability
   * @param major the compute capability's first number
   * @param runtime the version of the CUDA that libtorch uses, such as 13.0
   * @param driver the newest CUDA that the driver knows, such as 13.0
   */
  public record Gpu(String name, int major, String runtime, String driver) {}

  /** Describes a GPU. */
  public static Gpu describe(int device) {
    Native64 result = Native64.ofLength(4);
    check(CudaRuntimeFunctions.driverVersion(result.address(0)), "the driver's version");
    check(CudaRuntimeFunctions.runtimeVersion(result.address(1)), "its version");
    check(
        CudaRuntimeFunctions.attribute(result.address(2), COMPUTE_CAPABILITY_MAJOR, device),
        "a GPU's compute capability");
    check(
        CudaRuntimeFunctions.attribute(result.address(3), COMPUTE_CAPABILITY_MINOR, device),
        "a GPU's compute capability");
    return new Gpu(
        String.format(
            Locale.ROOT,
            "%s with compute capability %d.%d",
            name(device).orElse("a GPU"),
            result.getInt(2),
            result.getInt(3)),
        result.getInt(2),
        version(result.getInt(1)),
        version(result.getInt(0)));
  }

  /** The model's name, which only the driver knows. */
  private static Optional<String> name(int device) {
    try {
      if (!driverBound) {
        SymbolBinding.bind(CudaDriverFunctions.class, SymbolBinding.open(DRIVER, ADVICE), ADVICE);
        driverBound = true;
      }
    } catch (TorchException e) {
      // It goes by another name on some systems, and a name is all that is missing then.
      return Optional.empty();
    }
    Native64 number = Native64.ofLength(1);
    Memory text = new Memory(NAME_LENGTH);
    text.clear();
    boolean told =
        CudaDriverFunctions.device(number.address(), device) == 0
            && CudaDriverFunctions.name(
                    Pointer.nativeValue(text), NAME_LENGTH - 1, number.getInt(0))
                == 0;
    return told ? Optional.of(text.getString(0)) : Optional.empty();
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
