package org.samegan.runs.augment;

import java.util.List;
import java.util.Locale;

/** The pieces of a page: tables, and numbers as people read them. */
final class Html {
  private Html() {}

  /** A table whose columns from one on are numbers; cells are HTML. */
  static String table(List<String> head, int numbersFrom, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n");
    row(html, "th", numbersFrom, head);
    rows.forEach(row -> row(html, "td", numbersFrom, row));
    return html.append("</table></div>\n").toString();
  }

  private static void row(StringBuilder html, String cell, int numbersFrom, List<String> values) {
    html.append("<tr>");
    for (int i = 0; i < values.size(); i++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<%s%s>%s</%s>",
              cell,
              i >= numbersFrom ? " class=\"number\"" : "",
              values.get(i),
              cell));
    }
    html.append("</tr>\n");
  }

  /** Text that is computers' own. */
  static String code(String text) {
    return "<code>" + escaped(text) + "</code>";
  }

  /** Text as HTML has it. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A mean share, and its interval below. */
  static String shares(AugmentReport.Mean mean) {
    return percent(mean.mean())
        + (mean.low() == null ? "" : below(percent(mean.low()), percent(mean.high())));
  }

  /** A mean difference, and its interval below. */
  static String differences(AugmentReport.Mean mean) {
    return points(mean.mean())
        + (mean.low() == null ? "" : below(points(mean.low()), points(mean.high())));
  }

  private static String below(String low, String high) {
    return "<br><small>" + low + " to " + high + "</small>";
  }

  /** A whole number. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A share. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f&nbsp;%%", 100 * share);
  }

  /** A probability that may be tiny. */
  static String probability(double p) {
    return p < 1e-4 ? "&lt;&nbsp;0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  /** A difference of shares in points, with its sign. */
  static String points(double difference) {
    String number = String.format(Locale.ROOT, "%.2f", 100 * Math.abs(difference));
    return (number.equals("0.00") ? "" : difference < 0 ? "−" : "+") + number + " points";
  }

  /** An arm's name as it is printed. */
  static String symbol(Arm arm) {
    return arm.id().replace('\'', '′');
  }
}
