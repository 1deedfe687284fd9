package org.samegan.io.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.samegan.io.file.EmbeddedChecksum;

/** JSON objects whose last key, {@value #CHECKSUM}, is an {@link EmbeddedChecksum} of the file. */
public final class SignedJson {
  /** The checksum's key. */
  public static final String CHECKSUM = "checksum";

  private SignedJson() {}

  /** The value as {@link Json#write} has it, with its checksum. */
  public static byte[] write(Object value) {
    ObjectNode tree = (ObjectNode) Json.tree(value);
    tree.put(CHECKSUM, EmbeddedChecksum.ZEROS);
    byte[] content = Json.write(tree);
    EmbeddedChecksum.sign(content);
    return content;
  }
}
