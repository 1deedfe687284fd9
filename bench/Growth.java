import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Writes what {@code bench/growth} has measured as markdown, and as a plot: {@code Growth FILE
 * [PLOT.svg]}. An exponent is the slope of the line that fits the logarithms best (least squares).
 */
public final class Growth {
  private record Point(double x, double ms, double mb) {}

  public static void main(String[] args) throws IOException {
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] cells = line.split("\t");
      series
          .computeIfAbsent(cells[0], name -> new ArrayList<>())
          .add(
              new Point(
                  Double.parseDouble(cells[1]),
                  number(cells[2], "median_ms"),
                  number(cells[2], "peak_resident_mb")));
    }
    System.out.println("| what grows | ms an iteration | exponent | peak resident, MB | exponent |");
    System.out.println("|---|---|---|---|---|");
    series.forEach(
        (name, points) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %s | %.2f |%n",
                name,
                listed(points, Point::ms),
                exponent(points, Point::ms),
                listed(points, Point::mb),
                exponent(points, Point::mb)));
    if (args.length > 1) {
      Files.writeString(Path.of(args[1]), plot(series));
    }
  }

  private static double number(String line, String key) {
    return Double.parseDouble(line.replaceAll(".* " + key + "=(\\S+).*", "$1"));
  }

  private static String listed(List<Point> points, ToDoubleFunction<Point> y) {
    return points.stream()
        .map(p -> String.format(Locale.ROOT, "%.0f: %,.0f", p.x(), y.applyAsDouble(p)))
        .collect(Collectors.joining(", "));
  }

  private static double exponent(List<Point> points, ToDoubleFunction<Point> y) {
    double meanX = points.stream().mapToDouble(p -> Math.log(p.x())).average().orElse(0);
    double meanY = points.stream().mapToDouble(p -> Math.log(y.applyAsDouble(p))).average().orElse(0);
    double both = 0;
    double squares = 0;
    for (Point p : points) {
      double dx = Math.log(p.x()) - meanX;
      both += dx * (Math.log(y.applyAsDouble(p)) - meanY);
      squares += dx * dx;
    }
    return both / squares;
  }

  // ---- the plot: two panels, both axes logarithmic ----

  private static final int PANEL = 300;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final List<String> COLOURS = List.of("#2364aa", "#d1495b", "#2e8b57");

  private static String plot(Map<String, List<Point>> series) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 460\" width=\"760\" height=\"460\""
            + " font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"760\" height=\"460\" fill=\"white\"/>\n");
    panel(svg, LEFT, "ms an iteration", series, Point::ms);
    panel(svg, LEFT + PANEL + 80, "peak resident, MB", series, Point::mb);
    int i = 0;
    for (String name : series.keySet()) {
      int y = TOP + PANEL + 60 + 18 * i;
      svg.append(circle(LEFT, y - 4, i)).append(text(LEFT + 12, y, "start", name));
      i++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(
      StringBuilder svg,
      int left,
      String title,
      Map<String, List<Point>> series,
      ToDoubleFunction<Point> y) {
    List<Point> all = series.values().stream().flatMap(List::stream).toList();
    double leastX = Math.pow(2, floor2(all.stream().mapToDouble(Point::x).min().orElse(1)));
    double mostX = Math.pow(2, -floor2(1 / all.stream().mapToDouble(Point::x).max().orElse(2)));
    double leastY = Math.pow(2, floor2(all.stream().mapToDouble(y).min().orElse(1)));
    double mostY = Math.pow(2, -floor2(1 / all.stream().mapToDouble(y).max().orElse(2)));
    for (double x = leastX; x <= mostX; x *= 2) {
      double at = left + PANEL * share(x, leastX, mostX);
      svg.append(line(at, TOP, at, TOP + PANEL));
      svg.append(text(at, TOP + PANEL + 18, "middle", String.format(Locale.ROOT, "%.0f", x)));
    }
    for (double tick = leastY; tick <= mostY; tick *= 2) {
      double at = TOP + PANEL * (1 - share(tick, leastY, mostY));
      svg.append(line(left, at, left + PANEL, at));
      svg.append(text(left - 6, at + 4, "end", String.format(Locale.ROOT, "%.0f", tick)));
    }
    svg.append(text(left + PANEL / 2.0, TOP - 14, "middle", title));
    int i = 0;
    for (List<Point> points : series.values()) {
      List<String> path = new ArrayList<>();
      StringBuilder dots = new StringBuilder();
      for (Point p : points) {
        double x = left + PANEL * share(p.x(), leastX, mostX);
        double h = TOP + PANEL * (1 - share(y.applyAsDouble(p), leastY, mostY));
        path.add(String.format(Locale.ROOT, "%.1f,%.1f", x, h));
        dots.append(circle(x, h, i));
      }
      svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + COLOURS.get(i) + "\" points=\"");
      svg.append(String.join(" ", path)).append("\"/>\n").append(dots);
      Point last = points.get(points.size() - 1);
      svg.append(
          text(
              left + PANEL * share(last.x(), leastX, mostX) - 8,
              TOP + PANEL * (1 - share(y.applyAsDouble(last), leastY, mostY)) - 6,
              "end",
              String.format(Locale.ROOT, "%.2f", exponent(points, y))));
      i++;
    }
  }

  /** The exponent of the greatest power of two that is not above a value. */
  private static double floor2(double value) {
    return Math.floor(Math.log(value) / Math.log(2) + 1e-9);
  }

  private static double share(double value, double least, double most) {
    return Math.log(value / least) / Math.log(most / least);
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT,
        "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#dddddd\"/>%n",
        x1,
        y1,
        x2,
        y2);
  }

  private static String circle(double x, double y, int colour) {
    return String.format(
        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n", x, y, COLOURS.get(colour));
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
  }
}
