package org.samegan.runs.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfileRow;

/**
 * A profile as a table, the most expensive rows first. All numbers are an iteration's:
 * milliseconds, calls, 10^6 bytes read and written, 10^6 floating point operations; and 10^9 of
 * these a second.
 */
public final class ProfileTable {
  /** More rows than these are summed up in one. */
  static final int ROWS = 40;

  private static final String[] HEAD = {
    "share",
    "ms",
    "calls",
    "MB read",
    "MB written",
    "MFLOP",
    "GFLOP/s",
    "step",
    "op",
    "layer",
    "shapes"
  };

  /** The columns of numbers, which come first. */
  private static final int NUMBERS = 7;

  private ProfileTable() {}

  /** The table, without a line feed at its end. */
  public static String of(Profile profile) {
    if (profile.iterations() == 0) {
      return "where the time goes: there was no step";
    }
    ProfileRow total = profile.total();
    List<ProfileRow> rows = profile.rows();
    List<String[]> cells = new ArrayList<>();
    cells.add(HEAD);
    rows.stream().limit(ROWS).forEach(row -> cells.add(cells(row, total, profile)));
    List<ProfileRow> rest = rows.subList(Math.min(ROWS, rows.size()), rows.size());
    if (!rest.isEmpty()) {
      String name = String.format(Locale.ROOT, "%d other rows", rest.size());
      cells.add(cells(sum(name, rest), total, profile));
    }
    cells.add(cells(sum("total", rows), total, profile));
    return heading(profile, total) + System.lineSeparator() + aligned(cells);
  }

  private static String heading(Profile profile, ProfileRow total) {
    return String.format(
        Locale.ROOT,
        "where the time goes: %.3f ms an iteration, the mean of %d after %d to warm up; all numbers"
            + " are an iteration's",
        total.nanos() / 1e6 / profile.iterations(),
        profile.iterations(),
        profile.warmUps());
  }

  private static ProfileRow sum(String name, List<ProfileRow> rows) {
    return new ProfileRow(
        "",
        name,
        "",
        List.of(),
        List.of(),
        rows.stream().mapToLong(ProfileRow::calls).sum(),
        rows.stream().mapToLong(ProfileRow::nanos).sum(),
        rows.stream().mapToLong(ProfileRow::bytesRead).sum(),
        rows.stream().mapToLong(ProfileRow::bytesWritten).sum(),
        rows.stream().mapToLong(ProfileRow::flops).sum());
  }

  private static String[] cells(ProfileRow row, ProfileRow total, Profile profile) {
    double iterations = profile.iterations();
    double calls = row.calls() / iterations;
    return new String[] {
      number("%.1f %%", 100.0 * row.nanos() / Math.max(1, total.nanos())),
      number("%,.3f", row.nanos() / 1e6 / iterations),
      count(calls == Math.rint(calls) ? "%,.0f" : "%,.1f", calls),
      count("%,.2f", row.bytesRead() / 1e6 / iterations),
      count("%,.2f", row.bytesWritten() / 1e6 / iterations),
      count("%,.2f", row.flops() / 1e6 / iterations),
      count("%,.1f", row.gigaflopsPerSecond()),
      row.part(),
      row.op(),
      row.layer(),
      ShapeText.of(row)
    };
  }

  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotation is not on the class path.
  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** None is no number to read. */
  private static String count(String format, double value) {
    return value == 0 ? "-" : number(format, value);
  }

  private static String aligned(List<String[]> cells) {
    int[] widths = new int[HEAD.length];
    for (String[] row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        line.append(i < NUMBERS ? padding + row[i] : row[i] + padding).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return String.join(System.lineSeparator(), lines);
  }
}
