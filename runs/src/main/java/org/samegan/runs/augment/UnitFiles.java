package org.samegan.runs.augment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;
import org.samegan.io.json.JsonFile;

/**
 * What the finished parts of an experiment have come to, a file each, whole or absent, so that an
 * experiment that was ended goes on where it was. Each bears the hash of the settings that it was
 * made with, and is of no use with others.
 */
final class UnitFiles {
  /** What the experiment was asked, in its directory. */
  static final String SETTINGS = "settings.json";

  private static final JsonFile FORMAT =
      JsonFile.plain(
          "a part of an experiment", "delete the file, and what it holds is computed anew");

  private final Path directory;
  private final String settings;

  private UnitFiles(Path directory, String settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** Computes what a part comes to. */
  @FunctionalInterface
  interface Unit<T> {
    /** Computes it. */
    T compute() throws IOException;
  }

  /**
   * Those of an experiment's directory, which is made if need be.
   *
   * @param settings all that decides what the parts come to
   * @throws IllegalArgumentException if there is an experiment with other settings
   */
  static UnitFiles in(Path directory, Map<String, Object> settings) throws IOException {
    ObjectNode asked = (ObjectNode) Json.tree(Json.write(settings));
    Path file = directory.resolve(SETTINGS);
    if (Files.exists(file)) {
      List<String> changes = changes(FORMAT.read(file), asked);
      if (!changes.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s holds an experiment with other settings: %s; give the same to go on with it, or"
                    + " choose another directory",
                directory,
                String.join(", ", changes)));
      }
    } else {
      WholeFile.write(file, Json.write(asked));
    }
    return new UnitFiles(directory, Sha256.hex(Json.write(asked)));
  }

  private static List<String> changes(ObjectNode had, ObjectNode asked) {
    List<String> changes = new ArrayList<>();
    for (Iterator<String> keys = asked.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!asked.get(key).equals(had.get(key))) {
        changes.add(
            String.format(
                Locale.ROOT, "%s was %s and is %s now", key, had.get(key), asked.get(key)));
      }
    }
    return changes;
  }

  /**
   * What a part has come to: read, if it was computed before.
   *
   * @param name the file's, below the experiment's directory
   */
  <T> T result(String name, Class<T> type, Unit<T> unit) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      T result = unit.compute();
      Files.createDirectories(file.getParent());
      ObjectNode tree = (ObjectNode) Json.tree(Map.of());
      tree.put("settings", settings);
      tree.set("result", Json.tree(result));
      WholeFile.write(file, Json.write(tree));
    }
    // Always as it was read, so that an experiment that went on has no other numbers.
    ObjectNode tree = FORMAT.read(file);
    if (!settings.equals(tree.path("settings").asText())) {
      throw new UnusableFileException(
          file, "settings", settings, tree.path("settings").asText(), FORMAT.advice(), null);
    }
    return FORMAT.value(file, tree.get("result"), type);
  }

  /** Whether a part has been computed. */
  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }
}
