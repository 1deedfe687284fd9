import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.samegan.core.gan.Gan;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;

/**
 * Prints the first samples of a run's latest checkpoint, values in row-major order:
 *
 * <pre>java -cp 'cli/target/dist/lib/*' testdata/golden/Samples.java RUN</pre>
 */
public class Samples {
  private static final long SEED = 11;

  public static void main(String[] args) throws Exception {
    Checkpoint checkpoint = Run.open(Path.of(args[0])).latest();
    Gan gan = checkpoint.gan();
    try (TrainedGenerator sampler = checkpoint.generator()) {
      // One image, or points that say as much.
      int count = gan.exampleShape().elements() > 100 ? 1 : 100;
      float[] values = sampler.sample(0, count, SEED);
      String list =
          IntStream.range(0, values.length)
              .mapToObj(i -> Float.toString(values[i]))
              .collect(Collectors.joining(", "));
      System.out.printf("{\"count\": %d, \"seed\": %d, \"values\": [%s]}%n", count, SEED, list);
    }
  }
}
