package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.samegan.core.text.Nearest;
import org.samegan.io.json.Json;

/** Reads a configuration file, with an error for every key and value that is not allowed. */
public final class RunConfigReader {
  /** What {@code run.json} adds to a configuration: the record of what came of it. */
  static final String RECORD = "record";

  private static final Map<String, Key> KEYS = new LinkedHashMap<>();

  static {
    text("variant");
    text("data");
    text("held-out");
    whole("image-size", 1, 4096);
    KEYS.put(
        "channels",
        new Key("1 or 3", node -> node.isInt() && (node.asInt() == 1 || node.asInt() == 3)));
    whole("epochs", 1, Long.MAX_VALUE);
    whole("steps", 1, Long.MAX_VALUE);
    whole("batch", 1, Integer.MAX_VALUE);
    whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    whole("d-steps", 1, Integer.MAX_VALUE);
    KEYS.put(
        "ema",
        new Key(
            "a number in [0, 1)",
            node -> node.isNumber() && node.asDouble() >= 0 && node.asDouble() < 1));
    whole("checkpoint-every", 0, Long.MAX_VALUE);
    whole("keep", 0, Integer.MAX_VALUE);
    whole("sample-every", 0, Long.MAX_VALUE);
    KEYS.put("skip-bad", new Key("true or false", JsonNode::isBoolean));
    KEYS.put(
        "device",
        new Key(
            "auto, cpu or gpu",
            node -> node.isTextual() && List.of("auto", "cpu", "gpu").contains(node.asText())));
    whole("threads", 0, RunConfig.MAXIMUM_THREADS);
    KEYS.put("settings", new Key("an object of the variant's settings", JsonNode::isObject));
    KEYS.put(RECORD, new Key("an object", JsonNode::isObject));
  }

  private record Key(String range, Predicate<JsonNode> allows) {}

  private RunConfigReader() {}

  private static void text(String name) {
    KEYS.put(name, new Key("a text", JsonNode::isTextual));
  }

  private static void whole(String name, long low, long high) {
    String range =
        low == Long.MIN_VALUE
            ? "a whole number of at most 64 bits"
            : high >= Integer.MAX_VALUE
                ? "a whole number of at least " + low
                : "a whole number from " + low + " to " + high;
    KEYS.put(
        name,
        new Key(
            range,
            node ->
                node.canConvertToLong()
                    && node.isIntegralNumber()
                    && node.asLong() >= low
                    && node.asLong() <= high));
  }

  /**
   * Reads a configuration; what it doesn't say has its default.
   *
   * @throws RunConfigException for a text that is no JSON object, an unknown key (with the nearest
   *     known one), or a value of the wrong type or out of range (with what is allowed)
   * @throws IOException if the file can't be read
   */
  public static RunConfig read(Path file) throws IOException {
    return config(file, tree(file));
  }

  /**
   * Reads a configuration that is only a part of a file.
   *
   * @param file for messages
   * @throws RunConfigException as above
   */
  public static RunConfig read(Path file, byte[] json) throws RunConfigException {
    return config(file, tree(file, json));
  }

  static ObjectNode tree(Path file) throws IOException {
    return tree(file, Files.readAllBytes(file));
  }

  private static ObjectNode tree(Path file, byte[] json) throws RunConfigException {
    try {
      if (Json.tree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new RunConfigException(
          file,
          String.format(
              "line %d, column %d: %s",
              e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage()),
          e);
    }
    throw new RunConfigException(file, "expected a JSON object of options", null);
  }

  static RunConfig config(Path file, ObjectNode given) throws RunConfigException {
    ObjectNode merged = (ObjectNode) Json.tree(RunConfig.DEFAULTS);
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      check(file, entry.getKey(), entry.getValue());
      merged.set(entry.getKey(), entry.getValue());
    }
    if (given.hasNonNull("epochs") && given.hasNonNull("steps")) {
      throw new RunConfigException(file, "give either 'epochs' or 'steps', not both", null);
    }
    if (given.hasNonNull("steps")) {
      merged.putNull("epochs");
    }
    if (merged.path("epochs").isNull() && merged.path("steps").isNull()) {
      throw new RunConfigException(file, "'epochs' and 'steps' must not both be null", null);
    }
    merged.remove(RECORD);
    try {
      return Json.value(merged, RunConfig.class);
    } catch (JsonProcessingException e) {
      throw new RunConfigException(file, e.getOriginalMessage(), e);
    }
  }

  private static void check(Path file, String name, JsonNode value) throws RunConfigException {
    Key key = KEYS.get(name);
    if (key == null) {
      throw new RunConfigException(
          file,
          String.format(
              "unknown key '%s'; did you mean '%s'? The keys are %s",
              name, Nearest.to(name, KEYS.keySet()), String.join(", ", KEYS.keySet())),
          null);
    }
    if (!value.isNull() && !key.allows().test(value)) {
      throw new RunConfigException(
          file, String.format("'%s' must be %s, found %s", name, key.range(), value), null);
    }
  }
}
