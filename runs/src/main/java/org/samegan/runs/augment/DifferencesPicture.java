package org.samegan.runs.augment;

import java.util.List;
import java.util.Locale;

/** Differences of accuracy with their intervals, as an SVG that takes its colours from the page. */
final class DifferencesPicture {
  private static final int WIDTH = 360;
  private static final int ROW = 54;
  private static final int MARGIN = 12;
  private static final int AXIS = 26;

  private DifferencesPicture() {}

  /** The picture; each row has the arms' names, a point, and a line from end to end. */
  static String svg(List<AugmentReport.Difference> differences) {
    double reach = reach(differences);
    int height = ROW * differences.size() + AXIS;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"differences of accuracy in points"
                + " with 95 %% intervals\">\n",
            WIDTH,
            height));
    double zero = x(0, reach);
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"zero\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>\n",
            zero,
            zero,
            height - AXIS));
    for (int i = 0; i < differences.size(); i++) {
      row(svg, differences.get(i), i * ROW, reach);
    }
    for (double at : new double[] {-reach, 0, reach}) {
      String anchor = at < 0 ? "start" : at > 0 ? "end" : "middle";
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
              x(at, reach),
              height - 8,
              anchor,
              Html.points(at)));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(
      StringBuilder svg, AugmentReport.Difference difference, int top, double reach) {
    AugmentReport.Mean mean = difference.accuracy();
    String kind = difference.verdict().replace(' ', '-');
    int y = top + 36;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\">%s − %s: %s</text>\n",
            MARGIN,
            top + 18,
            Html.symbol(difference.first()),
            Html.symbol(difference.second()),
            Html.points(mean.mean())));
    if (mean.low() != null) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n",
              kind,
              x(mean.low(), reach),
              y,
              x(mean.high(), reach),
              y));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>\n",
            kind,
            x(mean.mean(), reach),
            y));
  }

  /** How far from 0 the axis reaches. */
  private static double reach(List<AugmentReport.Difference> differences) {
    double most = 0.001;
    for (AugmentReport.Difference difference : differences) {
      AugmentReport.Mean mean = difference.accuracy();
      most = Math.max(most, Math.abs(mean.mean()));
      if (mean.low() != null) {
        most = Math.max(most, Math.max(Math.abs(mean.low()), Math.abs(mean.high())));
      }
    }
    return most * 1.05;
  }

  private static double x(double value, double reach) {
    return WIDTH / 2.0 + value / reach * (WIDTH / 2.0 - MARGIN);
  }
}
