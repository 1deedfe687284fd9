package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.samegan.io.file.DurableMove;
import org.samegan.io.file.FileFailure;

/**
 * A directory, such as a checkpoint's, while it is written: it has a hidden name beside its own
 * until {@link #complete} gives it its own in one step. If it is closed before, or the process
 * dies, its own name never appears.
 */
public final class CheckpointDirectory implements AutoCloseable {
  private static final String MARK = ".partial-";

  private final Path target;
  private final Path path;
  private boolean complete;

  private CheckpointDirectory(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /**
   * Starts a directory.
   *
   * @param directory what is to be its place
   */
  public static CheckpointDirectory beside(Path directory) throws IOException {
    Path target = directory.toAbsolutePath();
    Path path = target.resolveSibling("." + target.getFileName() + MARK + UUID.randomUUID());
    Files.createDirectories(target.getParent());
    Files.createDirectory(path);
    return new CheckpointDirectory(target, path);
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /** Gives the directory its name. All its files must be on disk. */
  public void complete() throws IOException {
    DurableMove.move(path, target);
    complete = true;
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      delete(path);
    }
  }

  /** Removes what processes that died while writing or removing have left beside checkpoints. */
  public static void sweep(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : children.toList()) {
        String name = child.getFileName().toString();
        if (name.startsWith(".") && name.contains(MARK)) {
          delete(child);
        }
      }
    }
  }

  /** Removes a checkpoint: its name goes first, so that a half removed one is never seen. */
  public static void remove(Path directory) throws IOException {
    Path target = directory.toAbsolutePath();
    Path path = target.resolveSibling("." + target.getFileName() + MARK + UUID.randomUUID());
    Files.move(target, path, StandardCopyOption.ATOMIC_MOVE);
    delete(path);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> inwardsFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : inwardsFirst) {
        Files.delete(path);
      }
    }
  }

  /** The error for a checkpoint that can't be written, whatever failed. */
  static FileSystemException couldNotWrite(Path target, IOException cause) {
    return FileFailure.of(
        target,
        String.format(
            Locale.ROOT,
            "cannot write the checkpoint (%s); check that %s is writable and has free space",
            cause,
            target.getParent()),
        cause);
  }
}
