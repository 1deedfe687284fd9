import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.inference.Generator;
import org.samegan.models.ImageFormat;
import org.samegan.models.Variants;

/**
 * Times training steps or inference: {@code Benchmark WORKLOAD [ITERATIONS [BATCH]]}. An iteration
 * is one full alternation, all its discriminator steps and one generator step, on new batches and
 * latents, data and random numbers included; or one batch of generated images, from drawing the
 * latents to the floats in a Java array. Prints one line with the median and the minimum, and with
 * the process's resident memory and JavaCPP's off-heap memory from after the warm-up to the end.
 *
 * <p>Workloads: {@code dcgan-28} (1x28x28), {@code dcgan-64} (3x64x64), {@code
 * wgan-gp-28} (1x28x28, 5 critic steps); {@code sample-28} and {@code sample-64}, the generators of
 * the first two. {@code bench/run} starts it.
 */
public final class Benchmark {
  public static void main(String[] args) {
    CpuBinary.select();
    String workload = args[0];
    int iterations = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int batch = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    Gan gan =
        switch (workload) {
          case "dcgan-28", "sample-28" ->
              Variants.named("dcgan").gan(new ImageFormat(28, 1), Map.of());
          case "dcgan-64", "sample-64" ->
              Variants.named("dcgan").gan(new ImageFormat(64, 3), Map.of());
          case "wgan-gp-28" -> Variants.named("wgan-gp").gan(new ImageFormat(28, 1), Map.of());
          default -> throw new IllegalArgumentException("unknown workload " + workload);
        };
    double[] ms = new double[iterations];
    long[] memory = new long[4];
    try (Trainer trainer = new Trainer(gan, new Noise(gan.exampleShape(), 10 * batch), batch, 7);
        Generator generator = Generator.of(gan, trainer.state().arrays())) {
      boolean samples = workload.startsWith("sample-");
      int warmUp = Math.max(5, iterations / 10);
      for (int i = -warmUp; i < iterations; i++) {
        if (i == 0) {
          memory[0] = Pointer.physicalBytes();
          memory[1] = Pointer.totalBytes();
        }
        long start = System.nanoTime();
        if (samples) {
          generator.generate(batch, i);
        } else {
          trainer.step();
        }
        if (i >= 0) {
          ms[i] = (System.nanoTime() - start) / 1e6;
        }
      }
      memory[2] = Pointer.physicalBytes();
      memory[3] = Pointer.totalBytes();
    }
    Arrays.sort(ms);
    double median = ms[iterations / 2];
    System.out.printf(
        Locale.ROOT,
        "%s batch=%d iterations=%d median_ms=%.3f min_ms=%.3f images_per_s=%.1f"
            + " resident_mb=%d->%d off_heap_growth_bytes=%d%n",
        workload,
        batch,
        iterations,
        median,
        ms[0],
        batch * 1000 / median,
        memory[0] >> 20,
        memory[2] >> 20,
        memory[3] - memory[1]);
  }

  /** Images of noise in [-1, 1), drawn once. */
  private record Noise(Shape exampleShape, int size, float[] values) implements Dataset {
    Noise(Shape exampleShape, int size) {
      this(exampleShape, size, new float[size * exampleShape.elements()]);
      new Distribution.Uniform(-1, 1)
          .fill(RandomStream.of(7, "noise", 0), FloatBuffer.wrap(values));
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      int elements = exampleShape.elements();
      destination.put(values, index * elements, elements);
    }
  }
}
