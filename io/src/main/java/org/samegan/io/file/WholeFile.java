package org.samegan.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file that is whole or absent, whatever interrupts the writing. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes all of the content, forces it to disk, and gives the file its name last.
   *
   * @throws IOException if that fails; a file that was there before is unchanged then
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    // Not Files.createTempFile: that one is readable by its owner alone, and so would the result
    // be.
    Path partial =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw couldNotWrite(target, e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static FileSystemException couldNotWrite(Path target, IOException cause) {
    FileSystemException failure =
        new FileSystemException(
            target.toString(),
            null,
            "cannot write the file (%s); check that the directory %s exists, is writable and has"
                    .formatted(cause, target.getParent())
                + " free space");
    failure.initCause(cause);
    return failure;
  }
}
