package org.samegan.io.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;

/**
 * Reads and writes {@code manifest.json}. Its last key, {@code checksum}, is the SHA-256 of the
 * file with 64 zeros in the checksum's place, so that a change of any byte is noticed.
 */
final class ManifestFile {
  private static final String KEY = "checksum";
  private static final String ZEROS = "0".repeat(2 * Sha256.BYTES);
  private static final long MAXIMUM_SIZE = 16 << 20;

  private ManifestFile() {}

  static void write(Path file, Manifest manifest) throws IOException {
    ObjectNode tree = (ObjectNode) Json.tree(manifest);
    tree.put(KEY, ZEROS);
    String unsigned = new String(Json.write(tree), StandardCharsets.UTF_8);
    String checksum = Sha256.hex(unsigned.getBytes(StandardCharsets.UTF_8));
    int place = unsigned.lastIndexOf(ZEROS);
    String signed =
        unsigned.substring(0, place) + checksum + unsigned.substring(place + ZEROS.length());
    WholeFile.write(file, signed.getBytes(StandardCharsets.UTF_8));
  }

  static Manifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException.Incomplete(
          file.toAbsolutePath().getParent(),
          Manifest.FILE,
          "there is no " + Manifest.FILE + ", so this is no checkpoint or not all of one");
    }
    long size = Files.size(file);
    if (size > MAXIMUM_SIZE) {
      throw new CheckpointException.Corrupt(
          file, "size in bytes", "at most " + MAXIMUM_SIZE, String.valueOf(size), null);
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      JsonNode tree = Json.tree(bytes);
      requireKnownFormat(file, tree);
      verify(file, bytes, tree.path(KEY).asText());
      ((ObjectNode) tree).remove(KEY);
      return Json.value(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new CheckpointException.Corrupt(
          file, "JSON", "a manifest of format " + Manifest.FORMAT, e.getOriginalMessage(), e);
    }
  }

  /**
   * A later format may differ in everything but these two keys, and says so before the checksum.
   */
  private static void requireKnownFormat(Path file, JsonNode tree) throws CheckpointException {
    int format = tree.path("format").asInt(0);
    if (format > Manifest.FORMAT) {
      throw new CheckpointException.TooNew(
          file, format, Manifest.FORMAT, tree.path("software").path("samegan").asText("(unknown)"));
    }
    if (format < 1) {
      throw new CheckpointException.Corrupt(
          file,
          "format version",
          "1 to " + Manifest.FORMAT,
          tree.path("format").asText("none"),
          null);
    }
  }

  private static void verify(Path file, byte[] bytes, String expected) throws CheckpointException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int place = expected.length() == ZEROS.length() ? text.lastIndexOf(expected) : -1;
    String found = "no checksum";
    if (place >= 0) {
      String unsigned = text.substring(0, place) + ZEROS + text.substring(place + ZEROS.length());
      found = Sha256.hex(unsigned.getBytes(StandardCharsets.ISO_8859_1));
    }
    if (!found.equals(expected)) {
      throw new CheckpointException.Corrupt(
          file, "SHA-256", expected.isEmpty() ? "a checksum" : expected, found, null);
    }
  }
}
