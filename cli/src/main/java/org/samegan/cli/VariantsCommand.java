package org.samegan.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.setting.Setting;
import org.samegan.io.json.Json;
import org.samegan.models.Variant;
import org.samegan.models.Variants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code variants}: what can be trained. */
@Command(name = "variants", description = "List what can be trained, with all settings.")
final class VariantsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private record SettingEntry(String key, Object defaultValue, String range, String description) {}

  private record VariantEntry(
      String name,
      String summary,
      List<Integer> sizes,
      List<SettingEntry> settings,
      List<SettingEntry> pointSettings) {}

  VariantsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (json) {
      terminal.print("%s", Json.text(Variants.all().stream().map(VariantsCommand::entry).toList()));
      return 0;
    }
    for (Variant variant : Variants.all()) {
      terminal.print("%s: %s", variant.name(), variant.summary());
      terminal.print("  image sizes: %s", sizes(variant));
      terminal.print("  settings, changed with --set KEY=VALUE:");
      variant.settings(ExampleKind.IMAGES).forEach(this::print);
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        printDifferences(variant);
      }
    }
    return 0;
  }

  private void print(Setting<?> setting) {
    terminal.print(
        "    %-28s %-15s %s; %s",
        setting.key(), defaultOf(setting), setting.description(), setting.range());
  }

  private void printDifferences(Variant variant) {
    terminal.print("  on points (--data toy:...), what differs:");
    variant.settings(ExampleKind.POINTS).stream()
        .filter(setting -> !variant.settings(ExampleKind.IMAGES).contains(setting))
        .forEach(this::print);
  }

  /** As JSON has it: a schedule that doesn't change is a number. */
  private static <T> Object defaultOf(Setting<T> setting) {
    return setting.toJson(setting.defaultValue());
  }

  private static VariantEntry entry(Variant variant) {
    return new VariantEntry(
        variant.name(),
        variant.summary(),
        variant.sizes(),
        entries(variant.settings(ExampleKind.IMAGES)),
        variant.kinds().contains(ExampleKind.POINTS)
            ? entries(variant.settings(ExampleKind.POINTS))
            : null);
  }

  private static List<SettingEntry> entries(List<Setting<?>> settings) {
    return settings.stream()
        .map(
            setting ->
                new SettingEntry(
                    setting.key(), defaultOf(setting), setting.range(), setting.description()))
        .toList();
  }

  /** A variant's image sizes in words. */
  static String sizes(Variant variant) {
    return variant.sizes().isEmpty()
        ? "any"
        : variant.sizes().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
