import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.gan.Gan;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfilingBackend;
import org.samegan.core.training.Sharding;
import org.samegan.core.training.Trainer;
import org.samegan.io.inference.Generator;
import org.samegan.core.data.ExampleForm;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.models.Variants;
import org.samegan.runs.device.ComputeDevice;
import org.samegan.runs.profile.ProfileTable;
import org.samegan.runs.profile.ProfileTrace;

/**
 * Times training steps or inference: {@code Benchmark WORKLOAD [ITERATIONS [BATCH]]}. An iteration
 * is one full alternation, all its discriminator steps and one generator step, on new batches and
 * latents, data and random numbers included; or one batch of generated images, from drawing the
 * latents to the floats in a Java array. Prints one line with the median and the minimum, with the
 * process's resident memory and JavaCPP's off-heap memory from after the warm-up to the end, and
 * with the most memory that was ever resident (Linux only, else 0).
 *
 * <p>Workloads: {@code dcgan-28} (1x28x28), {@code dcgan-64} (3x64x64) and {@code dcgan} at the
 * variant's other sizes (3 channels); {@code wgan-gp-28} (1x28x28, 5 critic steps); {@code
 * sample-28} and so on, the generators of {@code dcgan}; and, slow, {@code wgan-gp-resnet-64}
 * (1x64x64), {@code wgan-gp-128} and {@code wgan-gp-128-resnet} (1x128x128), of 3 iterations after 1
 * to warm up. The batch is 64, for the residual networks 16 and 32. {@code bench/run} starts it.
 *
 * <p>It prints the parameters of both networks too, and those of the networks that other
 * implementations are timed with. All are the same but for {@code wgan-gp-128}: the others normalise
 * nothing there. Here a setting leaves out the generator's batch normalisation, but none the
 * critic's layer normalisation, whose 3,840 parameters and time are more. Gains and initial weights
 * may differ anywhere.
 *
 * <p>With the system property {@code profile}, a file's name, it prints where the time went too and
 * how many floating point operations an iteration takes, and writes the file, a trace of the first
 * two iterations after the warm-up. {@code micro-batch} cuts training's batches into shards of so
 * many images; {@code warm-up} is the number of iterations that are not timed; {@code width} is the
 * variant's setting; {@code channels} are the images'. The time to the first step's end is from
 * Java's start, without the command line's class archive.
 */
public final class Benchmark {
  /** More values than these are not drawn, unless a batch has more. */
  private static final int NOISE = 16 << 20;

  private record Workload(Gan gan, int batch, int iterations, int warmUp, String reference) {
    static Workload named(String name) {
      return switch (name) {
        case "dcgan-28" -> usual("dcgan", 28, 1, "778240+138625");
        case "sample-28" -> usual("dcgan", 28, 1, "778240");
        case "dcgan-64" -> usual("dcgan", 64, 3, "3576704+2765568");
        case "sample-64" -> usual("dcgan", 64, 3, "3576704");
        case "wgan-gp-28" -> usual("wgan-gp", 28, 1, "1554177+1030145");
        case "wgan-gp-resnet-64" -> slow(64, Map.of("arch", "resnet"), 16, "8539329+7490689");
        case "wgan-gp-128" -> slow(128, Map.of("generator.norm", "none"), 64, "19524097+17427969");
        // A batch of 64 would need about 25 GB, unless it is cut into micro-batches.
        case "wgan-gp-128-resnet" -> slow(128, Map.of("arch", "resnet"), 32, "unknown");
        default -> {
          if (!name.matches("(dcgan|sample)-\\d{1,4}")) {
            throw new IllegalArgumentException("unknown workload " + name);
          }
          int size = Integer.parseInt(name.substring(name.indexOf('-') + 1));
          yield usual("dcgan", size, 3, "unknown");
        }
      };
    }

    private static Workload usual(String variant, int size, int channels, String reference) {
      return new Workload(gan(variant, size, channels, Map.of()), 64, 60, 5, reference);
    }

    private static Workload slow(
        int size, Map<String, String> settings, int batch, String reference) {
      return new Workload(gan("wgan-gp", size, 1, settings), batch, 3, 1, reference);
    }

    private static Gan gan(String variant, int size, int channels, Map<String, String> settings) {
      Map<String, Object> all = new HashMap<>(settings);
      if (System.getProperty("width") != null) {
        all.put("width", Integer.getInteger("width"));
      }
      int asked = Integer.getInteger("channels", channels);
      return Variants.named(variant).gan(ExampleForm.images(size, asked), all);
    }
  }

  /** What the command line takes for these options. */
  private static Backend backend() {
    RunConfig config = RunConfig.DEFAULTS;
    for (var option : RunOptions.ofDevices()) {
      String said = System.getProperty(option.key());
      if (said != null) {
        config = config.with(option.key(), said);
      }
    }
    return ComputeDevice.select(config, System.err::println).start().backend();
  }

  public static void main(String[] args) throws IOException {
    String name = args[0];
    Workload workload = Workload.named(name);
    Gan gan = workload.gan();
    int iterations = args.length > 1 ? Integer.parseInt(args[1]) : workload.iterations();
    int batch = args.length > 2 ? Integer.parseInt(args[2]) : workload.batch();
    boolean samples = name.startsWith("sample-");
    int images = Math.max(batch, Math.min(10 * batch, NOISE / gan.exampleShape().elements()));
    double[] ms = new double[iterations];
    long firstStep = 0;
    long[] memory = new long[4];
    int warmUp = Integer.getInteger("warm-up", Math.max(workload.warmUp(), iterations / 10));
    Sharding sharding = Sharding.ofMicroBatch(batch, Integer.getInteger("micro-batch", batch));
    String file = System.getProperty("profile");
    Optional<Profile> profile = Optional.ofNullable(file).map(there -> new Profile(warmUp, 2));
    Backend backend = ProfilingBackend.of(backend(), profile);
    try (Trainer trainer =
            new Trainer(gan, new Noise(gan.exampleShape(), images), sharding, 7, backend);
        Generator generator = samples ? Generator.of(gan, trainer.state().arrays(), backend) : null) {
      for (int i = -warmUp; i < iterations; i++) {
        if (i == 0) {
          memory[0] = Pointer.physicalBytes();
          memory[1] = Pointer.totalBytes();
        }
        int number = i;
        Supplier<Object> work =
            samples ? () -> generator.generate(batch, number) : trainer::step;
        long start = System.nanoTime();
        if (profile.isPresent()) {
          profile.get().iteration(work);
        } else {
          work.get();
        }
        if (i == -warmUp) {
          firstStep =
              System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
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
    boolean known = System.getProperty("width", System.getProperty("channels")) == null;
    String parameters = String.valueOf(gan.generator().parameterCount());
    if (!samples) {
      parameters += "+" + gan.discriminator().parameterCount();
    }
    System.out.printf(
        Locale.ROOT,
        "%s batch=%d micro_batch=%d iterations=%d median_ms=%.3f min_ms=%.3f images_per_s=%.1f"
            + " resident_mb=%d->%d peak_resident_mb=%d off_heap_growth_bytes=%d"
            + " first_step_s=%.2f parameters=%s reference_parameters=%s%s%n",
        name,
        batch,
        sharding.microBatch(),
        iterations,
        median,
        ms[0],
        batch * 1000 / median,
        memory[0] >> 20,
        memory[2] >> 20,
        peakResident() >> 20,
        memory[3] - memory[1],
        firstStep / 1e3,
        parameters,
        known ? workload.reference() : "unknown",
        profile.map(Benchmark::flops).orElse(""));
    if (profile.isPresent()) {
      System.out.println(ProfileTable.of(profile.get()));
      ProfileTrace.write(profile.get(), Path.of(file));
    }
  }

  private static String flops(Profile profile) {
    return String.format(
        Locale.ROOT, " gflop=%.3f", profile.total().flops() / 1e9 / profile.iterations());
  }

  /** In bytes, as Linux counts it (VmHWM). */
  private static long peakResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
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
