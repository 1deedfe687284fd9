package org.samegan.io.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.samegan.core.setting.Settings;
import org.samegan.core.training.Sharding;

/**
 * What a run is asked to do: values of the {@link RunOptions}, and of the variant's settings.
 * {@code run.json} and a configuration file have the same format. Immutable.
 *
 * <pre>{@code
 * RunConfig config = RunConfig.of("dcgan", "testdata/mnist").with(RunOptions.EPOCHS, 3L);
 * }</pre>
 */
public final class RunConfig {
  /** The key of the variant's settings. */
  static final String SETTINGS = "settings";

  /** Options that say the same in two ways. */
  private static final Map<String, String> OTHER_WAY =
      Map.of(
          RunOptions.EPOCHS.key(), RunOptions.STEPS.key(),
          RunOptions.STEPS.key(), RunOptions.EPOCHS.key(),
          RunOptions.SHARDS.key(), RunOptions.MICRO_BATCH.key(),
          RunOptions.MICRO_BATCH.key(), RunOptions.SHARDS.key());

  /** Nothing asked: the options' defaults, and no settings. */
  public static final RunConfig DEFAULTS = new RunConfig(Map.of(), Map.of());

  private final Map<String, Object> given;
  private final Settings options;
  private final Map<String, Object> settings;

  /**
   * With values by key, null where nothing is said. The run's length is said in one of two ways.
   */
  private RunConfig(Map<String, ?> given, Map<String, ?> settings) {
    Map<String, Object> said = new LinkedHashMap<>(given);
    options =
        new Settings("a run", RunOptions.all().stream().map(RunOption::setting).toList(), said);
    this.given = Collections.unmodifiableMap(said);
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * A run of a variant on data, with the defaults of all else.
   *
   * @param variant a variant's name, or the path of a file with a model
   * @param data a path, or {@code toy:} and a distribution's name
   */
  public static RunConfig of(String variant, String data) {
    return DEFAULTS.with(RunOptions.VARIANT, variant).with(RunOptions.DATA, data);
  }

  /** The value of an option; null where nothing is said and it has no default. */
  public <T> T get(RunOption<T> option) {
    boolean otherLength =
        option.equals(RunOptions.EPOCHS) && options.get(RunOptions.STEPS.setting()) != null;
    return otherLength ? null : options.get(option.setting());
  }

  /**
   * How a batch is computed, as the options batch, shards and micro-batch say.
   *
   * @throws IllegalArgumentException if the batch can't be cut so, with how it can, or the options
   *     contradict each other
   */
  public Sharding sharding() {
    int batch = count(RunOptions.BATCH);
    Long shards = get(RunOptions.SHARDS);
    Long microBatch = get(RunOptions.MICRO_BATCH);
    if (microBatch == null) {
      int parts = shards == null ? 1 : count(RunOptions.SHARDS);
      return cut(RunOptions.SHARDS, () -> Sharding.of(batch, parts));
    }
    int size = count(RunOptions.MICRO_BATCH);
    Sharding sharding = cut(RunOptions.MICRO_BATCH, () -> Sharding.ofMicroBatch(batch, size));
    if (shards != null && shards != sharding.shards()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the options shards and micro-batch contradict each other: micro-batches of %d make %d"
                  + " shards of a batch of %d, found %d; say one of them",
              microBatch,
              sharding.shards(),
              batch,
              shards));
    }
    return sharding;
  }

  private static Sharding cut(RunOption<?> option, Supplier<Sharding> cut) {
    try {
      return cut.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the option " + option.key() + ": " + e.getMessage(), e);
    }
  }

  /** The value of an option that is a small whole number. */
  public int count(RunOption<Long> option) {
    return Math.toIntExact(get(option));
  }

  /**
   * With another value of an option. Epochs take the place of steps, and steps that of epochs;
   * likewise shards and micro-batch.
   *
   * @param value null for nothing said
   * @throws IllegalArgumentException if it is out of range, with what is allowed
   */
  public <T> RunConfig with(RunOption<T> option, T value) {
    return with(option.key(), value == null ? null : option.setting().toJson(value));
  }

  /**
   * The same by the option's key, with a value that a text or JSON says.
   *
   * @throws IllegalArgumentException if there is no such option, or the value is not allowed
   */
  public RunConfig with(String key, Object value) {
    return withOptions(Collections.singletonMap(key, value));
  }

  /**
   * The same for several options at once: what they say in two ways is kept in both.
   *
   * @param values by the options' keys
   * @throws IllegalArgumentException if there is no such option, or a value is not allowed
   */
  public RunConfig withOptions(Map<String, ?> values) {
    Map<String, Object> changed = new LinkedHashMap<>(given);
    values.forEach(
        (key, value) -> {
          changed.put(key, value);
          String otherWay = OTHER_WAY.get(key);
          if (value != null && otherWay != null && values.get(otherWay) == null) {
            changed.remove(otherWay);
          }
        });
    return new RunConfig(changed, settings);
  }

  /** The variant's settings by key; a run's has all of them. */
  public Map<String, Object> settings() {
    return settings;
  }

  /** With these settings of the variant. */
  public RunConfig withSettings(Map<String, ?> others) {
    return new RunConfig(given, others);
  }

  /**
   * With one setting of the variant, which is checked when a run is made of it.
   *
   * @param key such as {@code generator.learning-rate}
   * @param value a number or a text
   */
  public RunConfig withSetting(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return withSettings(changed);
  }

  /** All values by key, as JSON has them. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>(options.values());
    if (get(RunOptions.EPOCHS) == null) {
      all.put(RunOptions.EPOCHS.key(), null);
    }
    all.put(SETTINGS, settings);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunConfig config && toMap().equals(config.toMap());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toMap());
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
