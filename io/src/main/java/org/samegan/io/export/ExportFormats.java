package org.samegan.io.export;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All formats. */
public final class ExportFormats {
  private static final List<ExportFormat> ALL = List.of(new SameDiffFormat(), new OnnxFormat());

  private ExportFormats() {}

  /** Every format. */
  public static List<ExportFormat> all() {
    return ALL;
  }

  /**
   * The format of this name.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  public static ExportFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "there is no export format '%s'; the formats are %s",
                        name,
                        names())));
  }

  /** The names, joined by commas. */
  public static String names() {
    return ALL.stream().map(ExportFormat::name).collect(Collectors.joining(", "));
  }
}
