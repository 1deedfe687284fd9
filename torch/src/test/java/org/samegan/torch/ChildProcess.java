package org.samegan.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own, for what needs one that hasn't loaded or allocated anything yet. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Runs a main class of the tests to its end.
   *
   * @param options of Java
   * @return the lines that it wrote
   * @throws IllegalStateException if it failed, with them
   */
  public static List<String> run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException("exit code " + code + " of " + command + ":\n" + output);
    }
    return output.lines().toList();
  }
}
