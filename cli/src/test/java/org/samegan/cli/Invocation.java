package org.samegan.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.samegan.io.run.Run;

/**
 * A command that has been run in this process.
 *
 * @param code its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Invocation(int code, String out, String err) {
  /**
   * Runs a command, with a packed-image cache beside the test's other files. What a run's files say
   * afterwards must satisfy the published schemas, whatever the test is about.
   */
  static Invocation of(Path directory, Object... args) {
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            texts,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    if (code == 0) {
      run(texts).filter(Run::isRun).ifPresent(Schemas::requireValid);
    }
    return new Invocation(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The run that a command writes to, if it does. */
  private static Optional<Path> run(String[] args) {
    String command = args.length == 0 ? "" : args[0];
    int out = List.of(args).indexOf("--out");
    return switch (command) {
      case "train", "import" -> out < 0 ? Optional.empty() : Optional.of(Path.of(args[out + 1]));
      case "resume" -> Optional.of(Path.of(args[1]));
      default -> Optional.empty();
    };
  }
}
