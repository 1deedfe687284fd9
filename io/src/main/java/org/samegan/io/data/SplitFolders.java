package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Folders that are the parts of a dataset, not its classes: one to learn from and at least one that
 * is held out, and nothing beside them.
 *
 * @param train the images to learn from
 * @param heldOut the held-out images: those for tests, or else for validation
 */
record SplitFolders(Path train, Path heldOut) {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> HELD_OUT =
      List.of("test", "testing", "val", "valid", "validation");

  /**
   * Looks at a folder's subfolders.
   *
   * @throws DataFormatException if there are such parts, but other folders too
   */
  static Optional<SplitFolders> in(Path folder) throws IOException {
    TreeSet<Path> folders = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> Files.isDirectory(entry) && !name(entry).startsWith("."))
          .forEach(folders::add);
    }
    Optional<Path> train = first(TRAIN, folders);
    Optional<Path> heldOut = first(HELD_OUT, folders);
    if (train.isEmpty() || heldOut.isEmpty()) {
      return Optional.empty();
    }
    for (Path other : folders) {
      if (!TRAIN.contains(name(other)) && !HELD_OUT.contains(name(other))) {
        throw new DataFormatException(
            folder,
            "layout of the folder",
            String.format(
                Locale.ROOT,
                "either one subfolder for each class, or %s and %s only",
                train.get().getFileName(),
                heldOut.get().getFileName()),
            String.format(Locale.ROOT, "the subfolder %s too", other.getFileName()),
            String.format(
                Locale.ROOT, "name %s if it holds the images to learn from", train.get()));
      }
    }
    return Optional.of(new SplitFolders(train.get(), heldOut.get()));
  }

  Path of(Split split) {
    return split == Split.TRAIN ? train : heldOut;
  }

  private static Optional<Path> first(List<String> names, TreeSet<Path> folders) {
    return names.stream()
        .flatMap(name -> folders.stream().filter(folder -> name(folder).equals(name)))
        .findFirst();
  }

  private static String name(Path folder) {
    return folder.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
