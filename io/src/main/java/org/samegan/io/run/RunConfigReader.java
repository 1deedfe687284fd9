package org.samegan.io.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.setting.NearestName;
import org.samegan.core.setting.Setting;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.JsonFile;

/** Reads configurations, with an error for every key and value that is not allowed. */
public final class RunConfigReader {
  /** What {@code run.json} adds to a configuration: the record of what came of it. */
  static final String RECORD = "record";

  private static final JsonFile FORMAT =
      JsonFile.plain("a JSON object of options", "correct it; a run.json serves as an example");

  /** What a {@code run.json} has besides, which a configuration doesn't mean. */
  private static final List<String> IGNORED = List.of(RECORD, ChecksummedJson.CHECKSUM);

  private RunConfigReader() {}

  /**
   * Reads a configuration; what it doesn't say has its default.
   *
   * @throws UnusableFileException for a text that is no JSON object, an unknown key (with the
   *     nearest known one), or a value of the wrong type or out of range (with what is allowed)
   * @throws IOException if the file can't be read
   */
  public static RunConfig read(Path file) throws IOException {
    return config(file, FORMAT.read(file));
  }

  /**
   * Reads a configuration that is only a part of a file.
   *
   * @param file for messages
   * @throws UnusableFileException as above
   */
  public static RunConfig read(Path file, byte[] json) throws UnusableFileException {
    return config(file, FORMAT.read(file, json));
  }

  static RunConfig config(Path file, ObjectNode given) throws RunConfigException {
    Map<String, Object> options = new LinkedHashMap<>();
    Map<String, Object> settings = Map.of();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String key = entry.getKey();
      if (key.equals(RunConfig.SETTINGS)) {
        settings = settings(file, entry.getValue());
      } else if (!IGNORED.contains(key)) {
        options.put(key, value(file, key, entry.getValue()));
      }
    }
    if (given.hasNonNull("epochs") && given.hasNonNull("steps")) {
      throw new RunConfigException(file, "give either 'epochs' or 'steps', not both", null);
    }
    if (given.has("epochs") && !given.hasNonNull("epochs") && !given.hasNonNull("steps")) {
      throw new RunConfigException(file, "'epochs' and 'steps' must not both be null", null);
    }
    return RunConfig.DEFAULTS.withOptions(options).withSettings(settings);
  }

  /** An option's value as Java has it; null where the file says nothing. */
  private static Object value(Path file, String key, JsonNode value) throws RunConfigException {
    RunOption<?> option = RunOptions.named(key).orElse(null);
    if (option == null) {
      throw unknown(file, key);
    }
    Setting<?> setting = option.setting();
    try {
      if (value.isNull() && (setting.defaultValue() == null || option.equals(RunOptions.EPOCHS))) {
        return null;
      }
      Object plain = plain(value);
      if (plain == null || !setting.isOfType(plain)) {
        throw setting.refuse(value);
      }
      setting.parse(plain);
      return plain;
    } catch (IllegalArgumentException e) {
      throw new RunConfigException(file, e.getMessage(), e);
    }
  }

  private static RunConfigException unknown(Path file, String key) {
    List<String> keys = new ArrayList<>(RunOptions.all().stream().map(RunOption::key).toList());
    keys.add(RunConfig.SETTINGS);
    return new RunConfigException(
        file,
        String.format(
            Locale.ROOT,
            "unknown key '%s'; did you mean '%s'? The keys are %s",
            key,
            NearestName.to(key, keys),
            String.join(", ", keys)),
        null);
  }

  private static Map<String, Object> settings(Path file, JsonNode value) throws RunConfigException {
    if (!(value instanceof ObjectNode object)) {
      throw new RunConfigException(
          file, "'settings' must be an object of the variant's settings, found " + value, null);
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      Object plain = plain(entry.getValue());
      if (plain == null) {
        throw new RunConfigException(
            file,
            String.format(
                Locale.ROOT,
                "settings.%s must be a number or a text, found %s",
                entry.getKey(),
                entry.getValue()),
            null);
      }
      settings.put(entry.getKey(), plain);
    }
    return settings;
  }

  /** A number, text or boolean as Java has it; null for anything else. */
  private static Object plain(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isBoolean() ? (Object) value.booleanValue() : null;
  }
}
