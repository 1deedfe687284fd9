package org.samegan.io.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.UnusableFileException;

/** JSON objects whose last key, {@value #CHECKSUM}, is an {@link EmbeddedChecksum} of the file. */
public final class ChecksummedJson {
  /** The checksum's key. */
  public static final String CHECKSUM = "checksum";

  private ChecksummedJson() {}

  /** The value as {@link Json#write} has it, with its checksum. */
  public static byte[] write(Object value) {
    ObjectNode tree = (ObjectNode) Json.tree(value);
    tree.put(CHECKSUM, EmbeddedChecksum.ZEROS);
    byte[] content = Json.write(tree);
    EmbeddedChecksum.sign(content);
    return content;
  }

  /**
   * Makes sure that a file is as it was written, and takes the checksum out of its tree.
   *
   * @param content of the file
   * @param tree of the content
   * @param advice what to do where it isn't
   * @throws UnusableFileException if not a single byte may have changed and one has
   */
  static void verify(Path file, byte[] content, ObjectNode tree, String advice)
      throws UnusableFileException {
    String expected = tree.path(CHECKSUM).asText();
    Optional<String> found = EmbeddedChecksum.of(ByteBuffer.wrap(content), expected);
    if (!found.equals(Optional.of(expected))) {
      throw new UnusableFileException(
          file,
          "SHA-256",
          expected.isEmpty() ? "a checksum" : expected,
          found.orElse("no checksum"),
          advice,
          null);
    }
    tree.remove(CHECKSUM);
  }
}
