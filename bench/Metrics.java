import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import java.util.function.Supplier;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Floor;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.copying.DataCopying;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.distance.FrechetExtrapolation;
import org.samegan.evaluation.distance.KernelDistance;
import org.samegan.evaluation.distance.Mind;
import org.samegan.evaluation.neighbours.ManifoldScores;
import org.samegan.evaluation.neighbours.NearDuplicates;
import org.samegan.evaluation.neighbours.Neighbours;

/**
 * How long every metric takes for n training, n test and n generated images, whose features are
 * normal numbers: {@code Metrics [N [DIMENSIONS]]}, 10,000 of 64 and of 128 without arguments. Each
 * is computed once, as a command does that evaluates a run; the first waits for the virtual
 * machine's compiler. Prints milliseconds and the peak of the heap. {@code bench/metrics} starts it.
 */
public final class Metrics {
  private static final int NEIGHBOURS_OF_FLOORS = 40;

  private static double total;

  public static void main(String[] args) {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int[] dimensions = args.length > 1 ? new int[] {Integer.parseInt(args[1])} : new int[] {64, 128};
    for (int d : dimensions) {
      System.out.printf("%d images, %d dimensions%n", n, d);
      all(normal(n, d, 1, 1), normal(n, d, 2, 1), normal(n, d, 3, 0.95));
    }
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    System.out.printf("peak heap %d MiB%n", peak >> 20);
  }

  private static void all(Features train, Features test, Features generated) {
    total = 0;
    Neighbours ofTest = time("neighbours, test", () -> Neighbours.among(test, NEIGHBOURS_OF_FLOORS));
    Neighbours ofGenerated = time("neighbours, generated", () -> Neighbours.among(generated, 5));
    time("manifold scores", () -> ManifoldScores.between(test, ofTest, generated, ofGenerated));
    time("near-duplicates", () -> NearDuplicates.share(ofTest, ofGenerated));
    Neighbours nearest = time("neighbours, training", () -> Neighbours.of(generated, train, 1));
    time("AuthPct", () -> Authenticity.percent(train, nearest));
    time("C_T", () -> DataCopying.test(train, test, generated, 1));
    time("kernel distance", () -> KernelDistance.between(test, generated, 1));
    time("MIND", () -> Mind.between(test, generated, 2020));
    time("FD", () -> FrechetDistance.between(test, generated));
    time("FD at infinity", () -> FrechetExtrapolation.of(test, generated, 1));
    System.out.printf(Locale.ROOT, "%-24s %6.0f ms%n", "all once", total);
    int half = test.count() / 2;
    time("floor, manifold scores", () -> manifoldFloor(test, ofTest, half));
    time("floor, kernel distance", () -> Floor.of(test, half, 1, KernelDistance::valueBetween));
    time("floor, MIND", () -> Floor.of(test, half, 1, (a, b) -> Mind.between(a, b, 2020)));
    time("floor, FD", () -> Floor.of(test, half, 1, FrechetDistance::between));
    System.out.printf(Locale.ROOT, "%-24s %6.0f ms%n", "with floors", total);
  }

  private static Floor manifoldFloor(Features test, Neighbours among, int half) {
    return Floor.ofRows(
        test.count(),
        half,
        Floor.DEFAULT_SPLITS,
        1,
        1,
        (a, b) -> new double[] {ManifoldScores.ofParts(test, among, a, b).coverage()})[0];
  }

  private static <T> T time(String name, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    double ms = (System.nanoTime() - start) / 1e6;
    total += ms;
    System.out.printf(
        Locale.ROOT,
        "%-24s %6.0f ms  %s%n",
        name,
        ms,
        result instanceof Neighbours ? "" : result);
    return result;
  }

  private static Features normal(int n, int d, long seed, double scale) {
    RandomStream stream = RandomStream.of(seed, "bench/metrics", d);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 + scale * stream.nextGaussian());
    }
    return Features.of("bench", n, d, values);
  }
}
