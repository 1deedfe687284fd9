package org.samegan.io.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a directory is to be made: nothing may be there but an empty one, which is as good. */
public final class NewDirectory {
  private NewDirectory() {}

  /**
   * Makes sure that nothing would be overwritten.
   *
   * @param reason what to do otherwise
   * @throws FileAlreadyExistsException if there is something
   * @throws IOException if a directory can't be looked into
   */
  public static void requireRoom(Path directory, String reason) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !isEmpty(directory)) {
      throw new FileAlreadyExistsException(directory.toString(), null, reason);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      return !children.iterator().hasNext();
    }
  }

  /**
   * Where the directory really is, so that it can be replaced: a link to an empty one stays.
   *
   * @throws IOException if that can't be found out
   */
  public static Path place(Path directory) throws IOException {
    return Files.isDirectory(directory) ? directory.toRealPath() : directory;
  }
}
