package org.samegan.io.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;
import org.samegan.io.json.SignedJson;

/**
 * Reads and writes {@code manifest.json}. Its last key, {@code checksum}, is the SHA-256 of the
 * file with 64 zeros in the checksum's place, so that a change of any byte is noticed.
 */
final class ManifestFile {
  private static final long MAXIMUM_SIZE = 16 << 20;

  private ManifestFile() {}

  static void write(Path file, Manifest manifest) throws IOException {
    WholeFile.write(file, SignedJson.write(manifest));
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
      verify(file, bytes, tree.path(SignedJson.CHECKSUM).asText());
      ((ObjectNode) tree).remove(SignedJson.CHECKSUM);
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
    String found = EmbeddedChecksum.of(bytes, expected).orElse("no checksum");
    if (!found.equals(expected)) {
      throw new CheckpointException.Corrupt(
          file, "SHA-256", expected.isEmpty() ? "a checksum" : expected, found, null);
    }
  }
}
