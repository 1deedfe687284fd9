import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.execution.Forms.Bends;
import org.samegan.torch.execution.ImageLayout;

/**
 * Milliseconds an iteration, which is a step of the trainer: all its discriminator steps and the
 * generator's, with batches drawn and sent, updates made and losses read.
 */
final class StepTimes {
  private static final int BATCH = Integer.getInteger("batch", 64);
  private static final int RUNS = Integer.getInteger("runs", 20);

  /** Two runs call the operators, the third is recorded. */
  private static final int WARM_UP = 3;

  /** What takes long varies little: fewer runs tell as much, and leave time for other lines. */
  private static final int ENOUGH_RUNS = 5;

  private static final double ENOUGH_SECONDS = 2.5;

  /** One where launches are the limit, one where convolutions are. */
  private static final Set<String> BENDS_COMPARED = Set.of("dcgan-28", "wgan-gp-128");

  private final TorchDevice device;

  StepTimes(TorchDevice device) {
    this.device = device;
  }

  /** How to compute; {@code plain} where it is told call by call too, not only by CUDA graphs. */
  private record How(Precision precision, Forms forms, boolean timing, boolean plain) {
    @Override
    public String toString() {
      return String.format(
          "%s %s %s %s",
          precision.name().toLowerCase(Locale.ROOT),
          forms.layout() == ImageLayout.CHANNELS_LAST ? "HWC" : "CHW",
          forms.bends().name().toLowerCase(Locale.ROOT),
          timing ? "timed" : "deterministic");
    }
  }

  /** The most telling first: time may not be enough for all. */
  private List<How> hows(String workload) {
    Forms last = Forms.of(device);
    Bends other = last.bends() == Bends.OPERATOR ? Bends.PRODUCT : Bends.OPERATOR;
    Forms bent = new Forms(last.layout(), other, last.thin());
    Forms first = new Forms(ImageLayout.CHANNELS_FIRST, last.bends(), last.thin());
    List<How> hows = new ArrayList<>();
    if (device.isCuda()) {
      hows.add(new How(Precision.TF32, last, false, true));
      hows.add(new How(Precision.TF32, last, true, false));
      hows.add(new How(Precision.FP32, last, false, true));
      hows.add(new How(Precision.FP32, last, true, false));
      if (BENDS_COMPARED.contains(workload)) {
        hows.add(new How(Precision.TF32, bent, false, false));
        hows.add(new How(Precision.FP32, bent, false, false));
      }
      hows.add(new How(Precision.TF32, first, true, false));
      hows.add(new How(Precision.FP32, first, true, false));
      hows.add(new How(Precision.TF32, first, false, false));
      hows.add(new How(Precision.FP32, first, false, false));
      hows.add(new How(Precision.BF16, last, false, false));
    } else {
      hows.add(new How(Precision.FP32, last, false, true));
      if (BENDS_COMPARED.contains(workload)) {
        hows.add(new How(Precision.FP32, bent, false, true));
      }
      hows.add(new How(Precision.FP32, first, false, true));
    }
    return hows;
  }

  void print(String workload) {
    int cut = workload.lastIndexOf('-');
    String variant = workload.substring(0, cut);
    int size = Integer.parseInt(workload.substring(cut + 1));
    int channels = variant.equals("dcgan") && size == 64 ? 3 : 1;
    Gan gan = Variants.named(variant).gan(ExampleForm.images(size, channels), Map.of());
    NoiseImages data = new NoiseImages(gan.exampleShape(), 10 * BATCH);
    long free = device.freeMemory();
    boolean first = true;
    for (How how : hows(workload)) {
      device.setPrecision(how.precision());
      device.setTiming(how.timing());
      long start = System.nanoTime();
      WatchedBackend backend = new WatchedBackend(device, how.forms(), !how.plain());
      try (Trainer trainer = new Trainer(gan, data, BATCH, 7, backend)) {
        double ready = (System.nanoTime() - start) / 1e9;
        if (how.plain()) {
          line(workload, how + " plain", trainer, "");
          backend.replaying(true);
        }
        if (device.isCuda() && WatchedBackend.MAY_RECORD) {
          line(workload, how + " graphs", trainer, backend.notRecorded());
        }
        if (first) {
          about(workload, backend, ready, free);
        }
        first = false;
      } catch (RuntimeException e) {
        System.out.printf("%s batch=%d %s FAILED: %s%n", workload, BATCH, how, e.getMessage());
      }
    }
  }

  private void line(String workload, String how, Trainer trainer, String note) {
    for (int i = 0; i < WARM_UP; i++) {
      trainer.step();
    }
    device.synchronize();
    double[] times = new double[RUNS];
    int count = 0;
    double sum = 0;
    while (count < RUNS && (count < ENOUGH_RUNS || sum < 1000 * ENOUGH_SECONDS)) {
      long start = System.nanoTime();
      trainer.step();
      device.synchronize();
      times[count] = (System.nanoTime() - start) / 1e6;
      sum += times[count++];
    }
    Arrays.sort(times, 0, count);
    double median = times[count / 2];
    System.out.printf(
        "%s batch=%d %s: iteration median_ms=%.3f min_ms=%.3f images_per_s=%.1f of %d runs%s%n",
        workload, BATCH, how, median, times[0], BATCH * 1000 / median, count, note);
  }

  /**
   * Of the first way only: libtorch's allocator keeps what it has got, so that what is free is a
   * peak's remainder, and later ways would show that of all before them.
   */
  private void about(String workload, WatchedBackend backend, double ready, long free) {
    System.out.printf(
        "%s batch=%d: %d and %d operators in D's and G's step, ready after %.1f s%s%n",
        workload,
        BATCH,
        backend.lengths().get(0),
        backend.lengths().get(1),
        ready,
        device.isCuda()
            ? String.format(
                ", peak device memory %d MB", (free - device.freeMemory()) >> 20)
            : "");
  }
}
