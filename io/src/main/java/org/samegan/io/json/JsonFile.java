package org.samegan.io.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.samegan.io.file.TooNewException;
import org.samegan.io.file.UnusableFileException;

/**
 * A kind of JSON file, and the one way to read such files: no larger than {@value #MAXIMUM_SIZE}
 * bytes, one object, of a format version that is known, and as it was written.
 *
 * @param content what it holds, for messages, such as {@code the manifest of a checkpoint}
 * @param under the key of the object that has the keys {@code format} and {@code software.samegan};
 *     null for the file's own object
 * @param newest the newest version of its format; 0 if it has no versions
 * @param checksummedFrom the first version with a checksum; 0 if it has none
 * @param advice what to do with a file that can't be used
 */
public record JsonFile(
    String content, String under, int newest, int checksummedFrom, String advice) {
  /** Far more than anything we write. */
  public static final int MAXIMUM_SIZE = 16 << 20;

  /** Files that people write, without a version. */
  public static JsonFile plain(String content, String advice) {
    return new JsonFile(content, null, 0, 0, advice);
  }

  /**
   * Reads a file.
   *
   * @return its object, without the checksum
   * @throws TooNewException if its format is of a later version
   * @throws UnusableFileException if it is too large, no JSON object, says a key twice, or is
   *     damaged
   * @throws IOException if it can't be read
   */
  public ObjectNode read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAXIMUM_SIZE + 1);
    }
    if (bytes.length > MAXIMUM_SIZE) {
      long size = Math.max(bytes.length, Files.size(file));
      throw unusable(file, "size in bytes", "at most " + MAXIMUM_SIZE, "" + size, null);
    }
    return read(file, bytes);
  }

  /** Reads what is only a part of a file, which is named in messages. */
  public ObjectNode read(Path file, byte[] bytes) throws UnusableFileException {
    ObjectNode object = object(file, bytes);
    if (newest > 0) {
      int version = version(file, object);
      if (checksummedFrom > 0 && version >= checksummedFrom) {
        ChecksummedJson.verify(file, bytes, object, advice);
      }
    }
    return object;
  }

  private ObjectNode object(Path file, byte[] bytes) throws UnusableFileException {
    try {
      JsonNode tree = Json.tree(bytes);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw unusable(file, "JSON", content, "something else", null);
    } catch (JsonProcessingException e) {
      throw unusable(file, place(e), content, fault(e), e);
    }
  }

  /** Without the limits' names in Jackson. */
  private static String fault(JsonProcessingException e) {
    return e.getOriginalMessage().replaceAll(",? \\(?from `[^`]*`", "");
  }

  /** Where the text is no JSON. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() != null
            && (e instanceof JsonParseException || e instanceof StreamConstraintsException)
        ? String.format(
            Locale.ROOT,
            "line %d, column %d",
            e.getLocation().getLineNr(),
            e.getLocation().getColumnNr())
        : "JSON";
  }

  /**
   * A later format may differ in everything but these two keys, and says so before anything else is
   * looked at.
   */
  private int version(Path file, ObjectNode object) throws UnusableFileException {
    JsonNode holder = under == null ? object : object.path(under);
    if (!holder.isObject()) {
      throw unusable(file, "JSON", content, "no '" + under + "'", null);
    }
    JsonNode said = holder.path("format");
    int version = said.isInt() ? said.intValue() : 0;
    if (version > newest) {
      throw new TooNewException(
          file, version, newest, holder.path("software").path("samegan").asText("(unknown)"));
    }
    if (version < 1) {
      throw unusable(
          file,
          "format version",
          "1 to " + newest,
          holder.hasNonNull("format") ? holder.path("format").toString() : "none",
          null);
    }
    return version;
  }

  /**
   * The value that an object is.
   *
   * @throws UnusableFileException if it is not of that type, with the path of the fault
   */
  public <T> T value(Path file, JsonNode object, Class<T> type) throws UnusableFileException {
    try {
      return Json.value(object, type);
    } catch (JsonProcessingException e) {
      throw unusable(file, "JSON", content, e.getOriginalMessage(), e);
    }
  }

  /** The keys of an object that are missing get the value null. */
  public static void nullIfMissing(ObjectNode object, List<String> keys) {
    keys.forEach(key -> object.putIfAbsent(key, object.nullNode()));
  }

  private UnusableFileException unusable(
      Path file, String what, String expected, String found, Throwable cause) {
    return new UnusableFileException(file, what, expected, found, advice, cause);
  }
}
