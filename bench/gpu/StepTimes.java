import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.models.Variants;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.ImageLayout;

/**
 * Milliseconds a step, its update included, and an iteration: one generator step and as many of
 * the discriminator's as the peer makes, 5 with a gradient penalty and else 1.
 */
final class StepTimes {
  private static final int BATCH = Integer.getInteger("batch", 64);
  private static final int RUNS = Integer.getInteger("runs", 20);

  private final TorchDevice device;

  StepTimes(TorchDevice device) {
    this.device = device;
  }

  void print(String... workloads) {
    for (String workload : workloads) {
      int cut = workload.lastIndexOf('-');
      String variant = workload.substring(0, cut);
      int size = Integer.parseInt(workload.substring(cut + 1));
      int channels = variant.equals("dcgan") && size == 64 ? 3 : 1;
      Gan gan = Variants.named(variant).gan(ExampleForm.images(size, channels), Map.of());
      time(workload, gan, variant.contains("gp") ? 5 : 1);
    }
  }

  /** What is timed, the most telling first. */
  private record How(Precision precision, ImageLayout layout, boolean timing) {
    @Override
    public String toString() {
      return String.format(
          "%s %s %s",
          precision,
          layout == ImageLayout.CHANNELS_LAST ? "HWC" : "CHW",
          timing ? "timed" : "deterministic");
    }
  }

  private List<How> hows() {
    if (!device.isCuda()) {
      return List.of(
          new How(Precision.FP32, ImageLayout.CHANNELS_LAST, false),
          new How(Precision.FP32, ImageLayout.CHANNELS_FIRST, false));
    }
    return List.of(
        new How(Precision.TF32, ImageLayout.CHANNELS_LAST, false),
        new How(Precision.TF32, ImageLayout.CHANNELS_LAST, true),
        new How(Precision.FP32, ImageLayout.CHANNELS_LAST, false),
        new How(Precision.FP32, ImageLayout.CHANNELS_LAST, true),
        new How(Precision.TF32, ImageLayout.CHANNELS_FIRST, true),
        new How(Precision.FP32, ImageLayout.CHANNELS_FIRST, true),
        new How(Precision.TF32, ImageLayout.CHANNELS_FIRST, false),
        new How(Precision.FP32, ImageLayout.CHANNELS_FIRST, false),
        new How(Precision.BF16, ImageLayout.CHANNELS_LAST, false));
  }

  private void time(String workload, Gan gan, int critics) {
    long before = device.freeMemory();
    try (DeviceGan trained = new DeviceGan(gan, BATCH, device)) {
      drawing(workload, trained);
      boolean first = true;
      for (How how : hows()) {
        device.setPrecision(how.precision());
        device.setTiming(how.timing());
        try {
          trained.compile(how.layout());
          if (first) {
            memory(workload, trained, before);
          }
          first = false;
          line(workload, how.toString(), trained, critics, false);
          if (device.isCuda() && SameBits.RECORDED) {
            line(workload, how.toString(), trained, critics, true);
          }
        } catch (RuntimeException e) {
          System.out.printf("%s %s FAILED: %s%n", workload, how, e.getMessage());
        }
      }
    }
  }

  private void memory(String workload, DeviceGan trained, long before) {
    trained.replaying(false);
    trained.discriminatorStep.run();
    trained.generatorStep.run();
    device.synchronize();
    System.out.printf(
        "%s batch=%d: device memory taken %d MB, of %d and %d operators a step%n",
        workload,
        BATCH,
        device.isCuda() ? (before - device.freeMemory()) >> 20 : 0,
        trained.discriminatorStep.plan.length(),
        trained.generatorStep.plan.length());
  }

  private void line(
      String workload, String how, DeviceGan trained, int critics, boolean recorded) {
    trained.replaying(recorded);
    double d = median(trained.discriminatorStep);
    double g = median(trained.generatorStep);
    double iteration = critics * d + g;
    System.out.printf(
        "%s batch=%d %s %s: D %.3f ms, G %.3f ms, iteration median_ms=%.3f images_per_s=%.1f%s%n",
        workload,
        BATCH,
        how,
        recorded ? "graphs" : "plain",
        d,
        g,
        iteration,
        BATCH * 1000 / iteration,
        recorded ? SameBits.recorded(trained.discriminatorStep) : "");
  }

  private double median(DeviceGan.Step step) {
    for (int i = 0; i < 3; i++) {
      step.run();
    }
    device.synchronize();
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      step.run();
      device.synchronize();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  /** What drawing and sending a batch costs, which is to overlap with the step before. */
  private void drawing(String workload, DeviceGan trained) {
    long start = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      trained.discriminatorStep.draw(i);
    }
    System.out.printf(
        "%s batch=%d: drawing and sending a D step's inputs %.3f ms%n",
        workload, BATCH, (System.nanoTime() - start) / 5e6);
  }
}
