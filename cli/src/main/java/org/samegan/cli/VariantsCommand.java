package org.samegan.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.samegan.io.json.Json;
import org.samegan.models.PointVariant;
import org.samegan.models.Setting;
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
      variant.settings().forEach(this::print);
      variant.onPoints().ifPresent(points -> printDifferences(variant, points));
    }
    return 0;
  }

  private void print(Setting<?> setting) {
    terminal.print(
        "    %-28s %-15s %s; %s",
        setting.key(), setting.defaultValue(), setting.description(), setting.range());
  }

  private void printDifferences(Variant variant, PointVariant points) {
    terminal.print("  on points (--data toy:...), what differs:");
    points.settings().stream()
        .filter(setting -> !variant.settings().contains(setting))
        .forEach(this::print);
  }

  private static VariantEntry entry(Variant variant) {
    return new VariantEntry(
        variant.name(),
        variant.summary(),
        variant.sizes(),
        entries(variant.settings()),
        variant.onPoints().map(points -> entries(points.settings())).orElse(null));
  }

  private static List<SettingEntry> entries(List<Setting<?>> settings) {
    return settings.stream()
        .map(
            setting ->
                new SettingEntry(
                    setting.key(), setting.defaultValue(), setting.range(), setting.description()))
        .toList();
  }

  /** A variant's image sizes in words. */
  static String sizes(Variant variant) {
    return variant.sizes().isEmpty()
        ? "any"
        : variant.sizes().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
