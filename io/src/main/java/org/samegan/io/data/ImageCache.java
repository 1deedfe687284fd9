package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of packed images. Whatever is in it can be deleted at any time: it is made anew when
 * it is needed, and a process that has it open keeps it.
 *
 * @param directory where they are; made when the first is packed
 */
public record ImageCache(Path directory) {
  private static final String PREFIX = "images-";
  private static final String SUFFIX = ".sgpack";
  private static final String PARTIAL = ".tmp";

  /** Nothing is packed for so long; what still has the name of a beginning then was abandoned. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /**
   * Packed images.
   *
   * @param file where they are
   * @param bytes how large that is
   * @param description of what is packed, or why it can't be used
   */
  public record Entry(Path file, long bytes, String description) {}

  /** All packed images, and what was left behind of packing, in the order of their names. */
  public List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files()) {
      entries.add(new Entry(file, Files.size(file), PackedImages.describe(file)));
    }
    return entries;
  }

  /** Deletes all packed images, and no other files. */
  public void clear() throws IOException {
    for (Path file : files()) {
      Files.deleteIfExists(file);
    }
  }

  Path file(CacheKey key) {
    return directory.toAbsolutePath().resolve(PREFIX + key.place() + "-" + key.state() + SUFFIX);
  }

  /** Deletes what the same source was packed to when it was different, and abandoned beginnings. */
  void deleteSuperseded(CacheKey by) throws IOException {
    Instant oldest = Instant.now().minus(ABANDONED);
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean unfinished = name.endsWith(PARTIAL);
      boolean superseded =
          name.startsWith(PREFIX + by.place() + "-") && !file.endsWith(file(by).getFileName());
      if (unfinished ? isOlder(file, oldest) : superseded) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOlder(Path file, Instant time) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(time);
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> isOurs(file.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isOurs(String name) {
    String suffix = name.startsWith(".") ? PARTIAL : SUFFIX;
    return name.startsWith(PREFIX, name.startsWith(".") ? 1 : 0) && name.endsWith(suffix);
  }
}
