package org.samegan.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file that is whole or absent, whatever interrupts the writing. */
public final class WholeFile {
  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Looks at a file before it gets its name. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at it.
     *
     * @param written the file under another name
     * @throws IOException if the file should not be there
     */
    void accept(Path written) throws IOException;
  }

  /**
   * Makes sure that a file's directory is there, before its content is computed.
   *
   * @throws NoSuchFileException if not
   */
  public static void requireDirectory(Path file) throws NoSuchFileException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new NoSuchFileException(
          String.valueOf(parent), null, "there is no such directory; make it first");
    }
  }

  /**
   * Writes all of the content, forces it to disk, and gives the file its name last.
   *
   * @throws IOException if that fails; a file that was there before is unchanged then
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, written -> {});
  }

  /**
   * The same, for a file that gets its name only if a check of what is on disk passes.
   *
   * @throws IOException the check's own, or if writing fails
   */
  public static void write(Path file, byte[] content, Check check) throws IOException {
    write(
        file,
        channel -> {
          ByteBuffer rest = ByteBuffer.wrap(content);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        },
        check);
  }

  /**
   * The same of content that is not in memory as a whole.
   *
   * @throws IOException the check's own, or if writing fails
   */
  public static void write(Path file, Content content, Check check) throws IOException {
    Path target = file.toAbsolutePath();
    // Not Files.createTempFile: that one is readable by its owner alone, and so would the result
    // be.
    Path partial =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      } catch (IOException e) {
        throw FileFailure.couldNotWrite(target, e);
      }
      check.accept(partial);
      move(partial, target);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void move(Path partial, Path target) throws IOException {
    try {
      DurableMove.move(partial, target);
    } catch (IOException e) {
      throw FileFailure.couldNotWrite(target, e);
    }
  }
}
