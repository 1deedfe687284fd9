package org.samegan.io.file;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives a file or directory that is on disk its name, so that the name is on disk too. */
public final class DurableMove {
  private DurableMove() {}

  /**
   * Moves it in one step; a file that was there before is replaced.
   *
   * @param from a file, or a directory of files, whose content has been forced to disk
   * @param to another name on the same file system
   * @throws IOException if it can't be moved; it has its old name then
   */
  public static void move(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      force(from);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(to.toAbsolutePath().getParent());
  }

  /**
   * Without this a crash of the machine could lose a name although its file is on disk. Where a
   * directory can't be opened (Windows) or forced (some network file systems), names are as lasting
   * as they get there, and that is no reason to give up what has been written.
   */
  private static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    } catch (IOException e) {
      System.getLogger(DurableMove.class.getName())
          .log(Level.DEBUG, () -> directory + " can't be forced to disk", e);
    }
  }
}
