package org.samegan.torch.library;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The libtorch of this process. There is one at most, because native methods are bound to one
 * library; it stays loaded.
 */
public final class LibTorch {
  private static final String ADVICE =
      String.format(
          Locale.ROOT,
          "name the file %s in the folder torch/lib of PyTorch 2.10 or later, among the libraries"
              + " that come with it",
          System.mapLibraryName("torch"));

  private static LibTorch loaded;

  private final Path file;
  private final NativeLibrary library;
  private final long version;

  private LibTorch(Path file, NativeLibrary library) {
    this.file = file;
    this.library = library;
    version = TorchFunctions.abiVersion();
  }

  /**
   * Loads a libtorch, binds every function that is needed, and checks by a few computations with
   * known results that they do what they are taken for. Loading the same file again does nothing;
   * after a failure another one can be loaded.
   *
   * @param file {@code libtorch.so}, {@code libtorch.dylib} or {@code torch.dll}, in PyTorch's
   *     folder {@code torch/lib}
   * @throws TorchException if the file is not there or can't be loaded, is older than PyTorch 2.10,
   *     computes something else than is expected, or another libtorch has been loaded
   */
  public static synchronized LibTorch load(Path file) {
    Path real = file.toAbsolutePath().normalize();
    if (loaded != null) {
      if (!loaded.file.equals(real)) {
        throw new TorchException(
            String.format(
                Locale.ROOT,
                "this process uses %s already and can't load %s too; start another",
                loaded.file,
                real));
      }
      return loaded;
    }
    if (!Files.isRegularFile(real)) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "%s %s; %s",
              real,
              Files.isDirectory(real) ? "is a folder, a file is needed" : "is not there",
              ADVICE));
    }
    NativeLibrary library = SymbolBinding.open(real.toString(), ADVICE);
    SymbolBinding.bind(TorchFunctions.class, library, ADVICE);
    LibTorch torch = new LibTorch(real, library);
    loaded = torch;
    try {
      TorchFunctions.setGradMode(false);
      SelfCheck.run();
    } catch (RuntimeException e) {
      loaded = null;
      throw e;
    }
    return torch;
  }

  /** The file that it was loaded from. */
  public Path file() {
    return file;
  }

  /** PyTorch's version, such as 2.10.0. */
  public String version() {
    return String.format(
        Locale.ROOT, "%d.%d.%d", version >>> 56, (version >>> 48) & 0xff, (version >>> 40) & 0xff);
  }

  /** Its version as the dispatcher wants it. */
  static long abiVersion() {
    return loaded.version;
  }

  /** How many threads it computes with on the CPU. */
  public int threads() {
    Native64 result = Native64.ofLength(1);
    TorchException.check(TorchFunctions.threads(result.address()), "the number of threads");
    return result.getInt(0);
  }

  /**
   * Has it compute with so many threads on the CPU from now on.
   *
   * @throws TorchException if this libtorch's number of threads can't be changed
   */
  public void setThreads(int threads) {
    String setter = "_ZN2at15set_num_threadsEi";
    if (!SymbolBinding.has(library, setter)) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "the threads of %s can't be limited; leave that out, or set OMP_NUM_THREADS",
              file));
    }
    library.getFunction(setter).invokeVoid(new Object[] {threads});
  }

  /** Whether it was built for NVIDIA's GPUs. */
  public boolean hasCuda() {
    return SymbolBinding.has(library, "torch_get_cuda_stream_from_pool");
  }

  NativeLibrary library() {
    return library;
  }

  /**
   * Changes a setting that has no C function, by the C++ member of {@code at::Context}.
   *
   * @param setter its mangled name, such as {@code _ZN2at7Context17setAllowTF32CuDNNEb}
   * @return whether this libtorch has it; where it has not, nothing was changed
   */
  public boolean set(String setter, boolean value) {
    List<String> symbols = List.of("_ZN2at13globalContextEv", setter);
    if (!symbols.stream().allMatch(symbol -> SymbolBinding.has(library, symbol))) {
      return false;
    }
    Pointer context = library.getFunction(symbols.get(0)).invokePointer(new Object[0]);
    // A Boolean would go as -1, which the setters calculate with.
    library.getFunction(setter).invokeVoid(new Object[] {context, value ? 1 : 0});
    return true;
  }

  /** What the last failed call said, from PyTorch 2.13 on. */
  static Optional<String> lastError() {
    if (loaded == null) {
      return Optional.empty();
    }
    try {
      Function what = loaded.library.getFunction("torch_exception_get_what_without_backtrace");
      return Optional.ofNullable(what.invokePointer(new Object[0])).map(text -> text.getString(0));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
