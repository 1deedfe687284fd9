package org.samegan.core.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of settings: those that were given, and the defaults of the others. */
public final class Settings {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Object> json = new LinkedHashMap<>();

  /**
   * Checks what was given.
   *
   * @param owner what has the settings, for messages
   * @param known the settings that there are
   * @param given texts or JSON values by key
   * @throws IllegalArgumentException for an unknown key, with the nearest known one, or a value of
   *     the wrong type or out of range
   */
  public Settings(String owner, List<? extends Setting<?>> known, Map<String, ?> given) {
    List<String> keys = known.stream().<String>map(Setting::key).toList();
    for (String key : given.keySet()) {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has no settings, found '%s'; what it describes can only be changed in itself",
                owner,
                key));
      }
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has no setting '%s'; did you mean '%s'? Its settings are %s",
                owner,
                key,
                NearestName.to(key, keys),
                String.join(", ", keys)));
      }
    }
    for (Setting<?> setting : known) {
      Object value = given.get(setting.key());
      put(setting, value);
    }
  }

  private <T> void put(Setting<T> setting, Object given) {
    T value = given == null ? setting.defaultValue() : setting.parse(given);
    values.put(setting.key(), value);
    json.put(setting.key(), value == null ? null : setting.toJson(value));
  }

  /** All values by key, in the settings' order, as JSON has them. */
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(json);
  }

  /**
   * The value of a setting; null where none was given and it has no default.
   *
   * @throws IllegalArgumentException if it is none of these settings
   */
  @SuppressWarnings("unchecked") // a key's value is of its setting's type
  public <T> T get(Setting<T> setting) {
    if (!values.containsKey(setting.key())) {
      throw new IllegalArgumentException("there is no setting " + setting.key() + " here");
    }
    return (T) values.get(setting.key());
  }

  /** The value of a setting of whole numbers that are small enough. */
  public int count(Setting.Whole setting) {
    return Math.toIntExact(get(setting));
  }
}
