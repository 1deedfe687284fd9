package org.samegan.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;

/**
 * What is to be different when a run goes on. Nothing changes that is not named here, and what
 * decides the training is recorded in the run with the step from which it holds. Immutable.
 *
 * <pre>{@code
 * Continuation longer =
 *     Continuation.UNCHANGED
 *         .with(RunOptions.EPOCHS, 10L)
 *         .withSetting("generator.learning-rate", "cosine:1e-4:0");
 * }</pre>
 *
 * @param options values of run options by key; none that are fixed when a run is made
 * @param settings values of the variant's settings by key
 */
public record Continuation(Map<String, Object> options, Map<String, Object> settings) {
  /** Everything stays as it was. */
  public static final Continuation UNCHANGED = new Continuation(Map.of(), Map.of());

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if there is no such option, it is fixed when a run is made, or
   *     the value is not allowed
   */
  public Continuation {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    options.forEach(Continuation::require);
    if (options.containsKey(RunOptions.EPOCHS.key())
        && options.containsKey(RunOptions.STEPS.key())) {
      throw new IllegalArgumentException("give either epochs or steps, not both");
    }
  }

  private static void require(String key, Object value) {
    RunOption<?> option =
        RunOptions.named(key)
            .orElseThrow(() -> new IllegalArgumentException("there is no option " + key));
    if (option.use() == RunOption.Use.FIXED) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option %s is fixed when a run is made; start a new run to change it",
              key));
    }
    option.setting().parse(value);
  }

  /** What an option that is to be different is used for. */
  RunOption.Use use(String key) {
    return RunOptions.named(key).orElseThrow().use();
  }

  /** With another value of an option. */
  public <T> Continuation with(RunOption<T> option, T value) {
    Map<String, Object> more = new LinkedHashMap<>(options);
    more.put(option.key(), option.setting().toJson(value));
    return new Continuation(more, settings);
  }

  /** With another value of one of the variant's settings: a number or a text. */
  public Continuation withSetting(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new Continuation(options, more);
  }
}
