package org.samegan.torch.library;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Native methods bound to a library's functions by their {@link Symbol}s. */
final class SymbolBinding {
  /** RTLD_LAZY without RTLD_GLOBAL: libtorch brings its own MKL and oneDNN, which must stay its. */
  private static final int LAZY_AND_LOCAL = 1;

  private SymbolBinding() {}

  /**
   * Opens a library.
   *
   * @param file its path, or its name if it is loaded already
   * @throws TorchException if it or one of the libraries that it needs can't be loaded
   */
  static NativeLibrary open(String file) {
    Map<String, Object> options = new HashMap<>();
    options.put(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL);
    options.put(
        Library.OPTION_FUNCTION_MAPPER,
        (FunctionMapper) (library, method) -> method.getAnnotation(Symbol.class).value());
    try {
      return NativeLibrary.getInstance(file, options);
    } catch (UnsatisfiedLinkError e) {
      throw new TorchException(
          String.format(Locale.ROOT, "the library %s can't be loaded: %s", file, e.getMessage()),
          e);
    }
  }

  /**
   * Binds the native methods of a class.
   *
   * @throws TorchException if the library lacks a function, with the names of all that it lacks
   */
  static void bind(Class<?> functions, NativeLibrary library) {
    List<String> missing = new ArrayList<>();
    for (Method method : functions.getDeclaredMethods()) {
      if (Modifier.isNative(method.getModifiers())) {
        String symbol = method.getAnnotation(Symbol.class).value();
        if (!has(library, symbol)) {
          missing.add(symbol);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "%s lacks %s; SameGAN needs PyTorch 2.10 or later",
              library.getFile(),
              String.join(", ", missing)));
    }
    Native.register(functions, library);
  }

  /** Whether a library, or one that it needs, has a function of this name. */
  static boolean has(NativeLibrary library, String symbol) {
    try {
      library.getFunction(symbol);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
