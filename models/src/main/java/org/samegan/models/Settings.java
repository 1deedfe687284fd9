package org.samegan.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.text.Nearest;

/**
 * A variant's settings with their values: those that were given, and the defaults of the others.
 */
public final class Settings {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Checks what was given.
   *
   * @param variant the variant's name, for messages
   * @param known the variant's settings
   * @param given texts or JSON values by key
   * @throws IllegalArgumentException for an unknown key, with the nearest known one, or a value of
   *     the wrong type or out of range
   */
  public Settings(String variant, List<Setting<?>> known, Map<String, ?> given) {
    for (Setting<?> setting : known) {
      Object value = given.get(setting.key());
      values.put(setting.key(), value == null ? setting.defaultValue() : setting.parse(value));
    }
    for (String key : given.keySet()) {
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "%s has no settings, found '%s'; what it describes can only be changed in itself",
                variant, key));
      }
      if (!values.containsKey(key)) {
        throw new IllegalArgumentException(
            String.format(
                "%s has no setting '%s'; did you mean '%s'? Its settings are %s",
                variant,
                key,
                Nearest.to(key, values.keySet()),
                String.join(", ", values.keySet())));
      }
    }
  }

  /** All values by key, in the order of the variant's settings. */
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The value of a setting. */
  public int get(Setting.Whole setting) {
    return (Integer) values.get(setting.key());
  }

  /** The value of a setting. */
  public double get(Setting.Real setting) {
    return (Double) values.get(setting.key());
  }

  /** The value of a setting. */
  public String get(Setting.Choice setting) {
    return (String) values.get(setting.key());
  }
}
