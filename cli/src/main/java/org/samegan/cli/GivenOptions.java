package org.samegan.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.setting.Setting;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** A command's options that runs declare, and what was given for them. */
final class GivenOptions {
  /** Before a command's own, whose order is -1. */
  private static final int FIRST_ORDER = -1000;

  private final List<RunOption<?>> options;
  private final Map<RunOption<?>, Object> given = new LinkedHashMap<>();

  GivenOptions(List<RunOption<?>> options) {
    this.options = options;
  }

  /** Makes the options known to a command. */
  void addTo(CommandSpec command) {
    for (int i = 0; i < options.size(); i++) {
      command.addOption(spec(options.get(i), FIRST_ORDER + i));
    }
  }

  private OptionSpec spec(RunOption<?> option, int order) {
    Setting<?> setting = option.setting();
    String otherwise =
        setting.defaultValue() == null || setting instanceof Setting.Flag
            ? ""
            : "; default: " + setting.defaultValue();
    OptionSpec.Builder spec =
        OptionSpec.builder("--" + option.key())
            .description(setting.description() + otherwise + ".")
            .order(order)
            .getter(
                new IGetter() {
                  @Override
                  @SuppressWarnings({
                    "unchecked",
                    "TypeParameterUnusedInFormals"
                  }) // as picocli has it
                  public <T> T get() {
                    return (T) given.get(option);
                  }
                })
            .setter(
                new ISetter() {
                  @Override
                  public <T> T set(T value) {
                    if (value == null) {
                      given.remove(option);
                    } else {
                      given.put(option, value);
                    }
                    return null;
                  }
                });
    return setting instanceof Setting.Flag
        ? spec.type(Boolean.class).arity("0").build()
        : spec.type(String.class).arity("1").paramLabel(option.symbol()).build();
  }

  /**
   * What was given, by the options' keys.
   *
   * @throws IllegalArgumentException if a value is not allowed, or two options exclude each other
   */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    given.forEach(
        (option, value) -> {
          try {
            option.setting().parse(value);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + e.getMessage(), e);
          }
          values.put(option.key(), value);
        });
    if (values.containsKey("epochs") && values.containsKey("steps")) {
      throw new IllegalArgumentException("--epochs and --steps exclude each other");
    }
    return values;
  }

  /** What was given, as a configuration that says nothing else. */
  RunConfig config() {
    return RunConfig.DEFAULTS.withOptions(values());
  }
}
