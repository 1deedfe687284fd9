import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what {@code bench/table} has measured as markdown: {@code Table FILE}. */
public final class Table {
  /** Percent of the CPU that others may use before a figure is doubted. */
  private static final double BUSY = 10;

  /** One run: key=value pairs as numbers, and others as they are. */
  private record Run(String workload, String who, Map<String, String> values) {
    static Run of(String[] cells) {
      return new Run(cells[1], cells.length > 3 ? cells[2] : "", parsed(cells[cells.length - 1]));
    }

    double number(String key) {
      return Double.parseDouble(values.get(key));
    }
  }

  private final List<String[]> records;
  private final List<Run> runs;
  private final Set<String> workloads = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private double conv;

  private Table(List<String> lines) {
    records = lines.stream().map(line -> line.split("\t", -1)).toList();
    runs = ofKind("run").map(Run::of).toList();
    ofKind("busy").forEach(cells -> workloads.add(cells[1]));
    runs.stream().map(Run::who).filter(Table::isOurs).forEach(names::add);
    runs.stream().map(Run::who).forEach(names::add);
  }

  public static void main(String[] args) throws IOException {
    Table table = new Table(Files.readAllLines(Path.of(args[0])));
    table.ceilings();
    table.times();
    table.memory();
  }

  private void ceilings() {
    List<Run> all = ofKind("ceilings").map(cells -> new Run("", "", parsed(cells[1]))).toList();
    conv = most(all, "conv_gflops");
    System.out.printf(
        Locale.ROOT,
        "The machine's ceilings, by ND4J's library, the best of all rounds: %.0f GFLOP/s for a product of matrices"
            + " of 2048x2048, %.0f for a convolution of 64x16x16x256 values with 3x3x256x256 weights, %.1f GB/s for"
            + " a copy, read and written.%n%n",
        most(all, "matmul_gflops"),
        conv,
        most(all, "copy_gb_s"));
  }

  private void times() {
    System.out.printf(
        "Milliseconds an iteration: the median of the rounds' medians (the least to the most). The ratio is of the"
            + " fastest SameGAN's speed to the fastest peer's, above 1 where SameGAN is faster. The share is what"
            + " the fastest SameGAN reaches of the convolution's ceiling, and \"CPU busy\" what others used of the"
            + " CPU in the second before each round.%n%n");
    row("workload", "batch", names.stream(), "ratio", "share of ceiling", "CPU busy");
    row("---", "---", names.stream().map(name -> "---"), "---", "---", "---");
    List<String> doubts = new ArrayList<>();
    for (String workload : workloads) {
      double ours = best(workload, Table::isOurs);
      double theirs = best(workload, name -> !isOurs(name));
      List<Double> busy =
          ofKind("busy")
              .filter(cells -> cells[1].equals(workload) && !cells[2].isEmpty())
              .map(cells -> Double.valueOf(cells[2]))
              .toList();
      boolean doubted = busy.stream().anyMatch(percent -> percent > BUSY);
      if (doubted) {
        doubts.add(workload);
      }
      double flops = count(workload);
      row(
          workload,
          runs.stream()
              .filter(run -> run.workload().equals(workload))
              .map(run -> run.values().get("batch"))
              .filter(batch -> batch != null)
              .findFirst()
              .orElse("–"),
          names.stream().map(name -> time(of(workload, name))),
          Double.isFinite(ours / theirs) ? number(theirs / ours, 2) : "–",
          flops > 0 && ours < Double.POSITIVE_INFINITY
              ? number(100 * flops / (ours / 1e3) / conv, 0) + " %"
              : "–",
          busy.isEmpty() ? "–" : doubted ? "**" + range(busy) + "**" : range(busy));
    }
    if (!doubts.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%nWarning: others used more than %.0f %% of the CPU before a round of %s.%n",
          BUSY,
          String.join(", ", doubts));
    }
  }

  private void memory() {
    System.out.printf(
        "%nThe most memory that was resident, in MB (SameGAN's with a Java heap of 256, filled from the start), and seconds from"
            + " the start to the first step's end where they are told. Parameters are the generator's and the"
            + " discriminator's.%n%n");
    row("workload", "parameters", names.stream());
    row("---", "---", names.stream().map(name -> "---"));
    List<String> others = new ArrayList<>();
    for (String workload : workloads) {
      List<Run> known =
          runs.stream()
              .filter(run -> run.workload().equals(workload) && run.values().containsKey("parameters"))
              .toList();
      String parameters = known.isEmpty() ? "–" : known.get(0).values().get("parameters");
      String reference = known.isEmpty() ? "–" : known.get(0).values().get("reference_parameters");
      if (!List.of(parameters, "unknown").contains(reference)) {
        others.add(workload + " has " + grouped(parameters) + " where others have " + grouped(reference));
      }
      row(workload, grouped(parameters), names.stream().map(name -> space(of(workload, name))));
    }
    others.forEach(other -> System.out.printf("%nNot the same networks: %s.%n", other));
  }

  private static String range(List<Double> percent) {
    String least = number(Collections.min(percent), 0);
    String most = number(Collections.max(percent), 0);
    return least.equals(most) ? most + " %" : least + "–" + most + " %";
  }

  private static String time(List<Run> some) {
    double[] ms = sorted(some, "median_ms");
    return ms.length == 0
        ? "–"
        : String.format(
            "%s (%s–%s)", brief(median(ms)), brief(ms[0]), brief(ms[ms.length - 1]));
  }

  private static String space(List<Run> some) {
    double[] mb = sorted(some, "peak_resident_mb");
    double[] first = sorted(some, "first_step_s");
    String memory = mb.length == 0 ? "–" : number(mb[mb.length - 1], 0) + " MB";
    return first.length == 0 ? memory : memory + ", " + number(median(first), 1) + " s";
  }

  /** 10^9 floating point operations an iteration; 0 if they weren't counted. */
  private double count(String workload) {
    List<Run> counts = ofKind("count").map(Run::of).toList();
    return counts.stream()
        .filter(run -> run.workload().equals(workload))
        .mapToDouble(run -> run.number("gflop"))
        .findFirst()
        .orElse(0);
  }

  private double best(String workload, Predicate<String> who) {
    return names.stream()
        .filter(who)
        .mapToDouble(name -> median(sorted(of(workload, name), "median_ms")))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private List<Run> of(String workload, String name) {
    return runs.stream()
        .filter(run -> run.workload().equals(workload) && run.who().equals(name))
        .toList();
  }

  private Stream<String[]> ofKind(String kind) {
    return records.stream().filter(cells -> cells[0].equals(kind));
  }

  private static boolean isOurs(String name) {
    return name.startsWith("SameGAN on ");
  }

  private static Map<String, String> parsed(String line) {
    return Arrays.stream(line.split("\\s+"))
        .filter(word -> word.contains("="))
        .collect(
            Collectors.toMap(
                word -> word.substring(0, word.indexOf('=')),
                word -> word.substring(word.indexOf('=') + 1),
                (first, second) -> second,
                LinkedHashMap::new));
  }

  private static double[] sorted(List<Run> some, String key) {
    return some.stream()
        .filter(run -> run.values().containsKey(key))
        .mapToDouble(run -> run.number(key))
        .sorted()
        .toArray();
  }

  private static double most(List<Run> some, String key) {
    double[] all = sorted(some, key);
    return all.length == 0 ? Double.NaN : all[all.length - 1];
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String brief(double ms) {
    return number(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** Both numbers of a sum. */
  private static String grouped(String sum) {
    return Arrays.stream(sum.split("\\+"))
        .map(one -> one.matches("\\d+") ? number(Long.parseLong(one), 0) : one)
        .collect(Collectors.joining(" + "));
  }

  /** A row of cells, and of streams of cells. */
  private static void row(Object... cells) {
    System.out.println(
        Arrays.stream(cells)
            .flatMap(cell -> cell instanceof Stream<?> many ? many : Stream.of(cell))
            .map(String::valueOf)
            .collect(Collectors.joining(" | ", "| ", " |")));
  }
}
