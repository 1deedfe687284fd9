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

  private void time(String workload, Gan gan, int critics) {
    long before = device.freeMemory();
    try (DeviceGan trained = new DeviceGan(gan, BATCH, device)) {
      boolean first = true;
      for (boolean timing : device.isCuda() ? new boolean[] {false, true} : new boolean[] {false}) {
        for (Precision precision : precisions()) {
          for (ImageLayout layout : ImageLayout.values()) {
            device.setPrecision(precision);
            device.setTiming(timing);
            String how =
                String.format(
                    "%s %s %s",
                    precision,
                    layout == ImageLayout.CHANNELS_LAST ? "HWC" : "CHW",
                    timing ? "timed" : "deterministic");
            try {
              trained.compile(layout);
              if (first && device.isCuda()) {
                memory(workload, trained, before);
              }
              first = false;
              line(workload, how, trained, critics, false);
              if (device.isCuda() && SameBits.RECORDED) {
                line(workload, how, trained, critics, true);
              }
            } catch (RuntimeException e) {
              System.out.printf("%s %s FAILED: %s%n", workload, how, e.getMessage());
            }
          }
        }
      }
      drawing(workload, trained);
    }
  }

  private List<Precision> precisions() {
    return device.isCuda()
        ? List.of(Precision.FP32, Precision.TF32, Precision.BF16)
        : List.of(Precision.FP32);
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
        (before - device.freeMemory()) >> 20,
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
