package org.samegan.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs what a first hour with SameGAN consists of, on a tiny model, so that Java can list the
 * classes that takes. The launcher has them archived in a form that loads faster.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs the commands.
   *
   * @param args a directory of images, and one in which a run can be made
   */
  public static void main(String[] args) {
    if (!succeeds(Path.of(args[0]), Path.of(args[1]))) {
      throw new IllegalStateException("a rehearsed command failed");
    }
  }

  /** Whether all commands succeed. */
  static boolean succeeds(Path data, Path work) {
    String run = work.resolve("run").toString();
    String grid = work.resolve("grid.png").toString();
    return succeeds("--version")
        && succeeds("train", "--help")
        && succeeds(
            "train",
            "--variant",
            "dcgan",
            "--data",
            data.toString(),
            "--out",
            run,
            "--set",
            "width=4",
            "--batch",
            "4",
            "--steps",
            "1",
            "--device",
            "cpu")
        && succeeds("resume", run, "--steps", "2")
        && succeeds("sample", run, "--grid", grid)
        && succeeds("inspect", run);
  }

  private static boolean succeeds(String... command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Main.run(command, nowhere, System.err) == 0;
  }
}
