package org.samegan.io.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;
import org.samegan.io.json.SignedJson;

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

  private static final long MAXIMUM_SIZE = 16 << 20;
  private static final String ADVICE = "export it again, or copy it together with its graph";

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
    long size = Files.size(path);
    if (size > MAXIMUM_SIZE) {
      throw unusable(path, "size in bytes", "at most " + MAXIMUM_SIZE, "" + size, null);
    }
    byte[] content = Files.readAllBytes(path);
    try {
      JsonNode tree = Json.tree(content);
      int format = tree.path("format").asInt(0);
      if (format != FORMAT) {
        throw unusable(path, "format version", "" + FORMAT, tree.path("format").toString(), null);
      }
      String expected = tree.path(SignedJson.CHECKSUM).asText();
      String found = EmbeddedChecksum.of(content, expected).orElse("no checksum");
      if (!found.equals(expected)) {
        throw unusable(path, "SHA-256", expected.isEmpty() ? "one" : expected, found, null);
      }
      ((ObjectNode) tree).remove(SignedJson.CHECKSUM);
      return Json.value(tree, GraphManifest.class);
    } catch (JsonProcessingException e) {
      throw unusable(path, "JSON", "the manifest of an exported graph", e.getOriginalMessage(), e);
    }
  }

  private static UnusableFileException unusable(
      Path path, String what, String expected, String found, Exception cause) {
    return new UnusableFileException(path, what, expected, found, ADVICE, cause);
  }
}
