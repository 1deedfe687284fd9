package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.JsonFile;

/**
 * What stands beside an exported SameDiff graph. The file's last key, {@code checksum}, is the
 * SHA-256 of the manifest with 64 zeros in the digits' place.
 *
 * @param format {@value #FORMAT}
 * @param file the graph's name when it was written
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param inputs the placeholders
 * @param output the result
 * @param metadata see the package's description
 */
record GraphManifest(
    int format,
    String file,
    long size,
    String sha256,
    List<Port> inputs,
    Port output,
    Map<String, String> metadata) {
  static final int FORMAT = 1;

  private static final JsonFile JSON =
      new JsonFile(
          "the manifest of an exported graph",
          null,
          FORMAT,
          1,
          "export it again, or copy it together with its graph");

  /**
   * An input or the output.
   *
   * @param shape -1, for the batch, and then one example's
   */
  record Port(String name, List<Integer> shape) {
    static Port of(String name, Shape shape) {
      List<Integer> extents = new ArrayList<>(List.of(-1));
      extents.addAll(shape.dimensions());
      return new Port(name, extents);
    }

    Port {
      shape = List.copyOf(shape);
      if (shape.size() < 2 || shape.get(0) != -1) {
        throw new IllegalArgumentException(
            "the shape of '" + name + "' must be -1 and then an example's, found " + shape);
      }
    }

    Shape example() {
      return new Shape(shape.subList(1, shape.size()));
    }
  }

  /** Where the manifest of a graph is. */
  static Path beside(Path graph) {
    return graph.resolveSibling(graph.getFileName() + ".json");
  }

  /**
   * Reads a manifest and checks its checksum.
   *
   * @throws UnusableFileException if it is damaged or of a later format
   * @throws IOException if it can't be read
   */
  static GraphManifest read(Path path) throws IOException {
    return JSON.value(path, JSON.read(path), GraphManifest.class);
  }
}
