package org.samegan.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a command writes.
 *
 * @param out receives results
 * @param err receives progress and messages
 * @param interactive whether somebody watches {@code err} on a screen
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  static Terminal of(PrintStream out, PrintStream err) {
    return new Terminal(out, err, err == System.err && showsErr());
  }

  /**
   * Whether stderr leads to a screen: Java knows only of stdin and stdout together, but the
   * launcher can say, and Linux can be asked.
   */
  private static boolean showsErr() {
    String said = System.getProperty("samegan.terminal");
    if (said != null) {
      return Boolean.parseBoolean(said);
    }
    try {
      String target = Files.readSymbolicLink(STDERR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells something that is no result. */
  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotation is not on the class path.
  void say(String format, Object... values) {
    err.println(String.format(Locale.ROOT, format, values));
  }

  /** Tells what a library says. */
  void tell(String message) {
    err.println(OptionNames.dashed(message));
  }

  /** A result. */
  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotation is not on the class path.
  void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
