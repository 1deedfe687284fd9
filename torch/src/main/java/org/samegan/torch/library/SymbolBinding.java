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
import java.util.TreeSet;

/** Native methods bound to a library's functions by their {@link Symbol}s. */
final class SymbolBinding {
  /** RTLD_LAZY without RTLD_GLOBAL: libtorch brings its own MKL and oneDNN, which must stay its. */
  private static final int LAZY_AND_LOCAL = 1;

  private SymbolBinding() {}

  /**
   * Opens a library.
   *
   * @param file its path, or its name if it is loaded already
   * @param advice what to do if that fails
   * @throws TorchException if it or one of the libraries that it needs can't be loaded
   */
  static NativeLibrary open(String file, String advice) {
    Map<String, Object> options = new HashMap<>();
    options.put(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL);
    options.put(
        Library.OPTION_FUNCTION_MAPPER,
        (FunctionMapper) (library, method) -> method.getAnnotation(Symbol.class).value());
    try {
      return NativeLibrary.getInstance(file, options);
    } catch (UnsatisfiedLinkError e) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "%s can't be loaded: it is no library for this system and processor, or one that it"
                  + " needs is missing (%s); %s",
              file,
              systemsWords(e),
              advice),
          e);
    }
  }

  /**
   * JNA's own message goes on with every place where it looked besides, the class path among it.
   */
  private static String systemsWords(UnsatisfiedLinkError e) {
    Throwable[] attempts = e.getSuppressed();
    return attempts.length == 0 ? e.getMessage() : attempts[0].getMessage();
  }

  /**
   * Binds the native methods of a class.
   *
   * @param advice what to do if that fails
   * @throws TorchException if the library lacks a function, with the names of all that it lacks; no
   *     method is bound then
   */
  static void bind(Class<?> functions, NativeLibrary library, String advice) {
    List<String> missing = new ArrayList<>();
    int wanted = 0;
    for (Method method : functions.getDeclaredMethods()) {
      if (Modifier.isNative(method.getModifiers())) {
        wanted++;
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
              "%s is another library than SameGAN needs, or too old; %s (of %d functions that"
                  + " SameGAN calls it lacks %s)",
              library.getFile(),
              advice,
              wanted,
              String.join(", ", new TreeSet<>(missing))));
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
