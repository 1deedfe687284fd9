import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.models.Variants;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.ImageLayout;
import org.samegan.torch.library.Handles;

/** Whether the same steps leave the same bits, run by run, recorded or not. */
final class SameBits {
  /** Whether steps are recorded on a GPU. */
  static final boolean RECORDED = !"false".equals(System.getProperty("recorded"));

  private static final int REPEATS = 20;
  private static final int ITERATIONS = 20;

  private final TorchDevice device;

  SameBits(TorchDevice device) {
    this.device = device;
  }

  void print() throws NoSuchAlgorithmException {
    for (String variant : new String[] {"dcgan", "wgan-gp"}) {
      Gan gan = Variants.named(variant).gan(ExampleForm.images(28, 1), Map.of("width", 16));
      repeats(variant, gan);
      String first = trained(gan, true);
      String second = trained(gan, true);
      String plain = trained(gan, false);
      System.out.printf(
          "%s: %d iterations twice: %s; without recording: %s; SHA-256 %.16s%n",
          variant,
          ITERATIONS,
          first.equals(second) ? "the same bits" : "OTHER BITS",
          first.equals(plain) ? "the same bits" : "other bits",
          first);
    }
    System.out.printf("handles that are not freed: %d%n", Handles.live());
  }

  private void repeats(String variant, Gan gan) {
    try (DeviceGan trained = new DeviceGan(gan, 16, device)) {
      trained.compile(ImageLayout.CHANNELS_LAST);
      trained.replaying(RECORDED);
      for (DeviceGan.Step step :
          new DeviceGan.Step[] {trained.discriminatorStep, trained.generatorStep}) {
        DeviceNetwork network =
            step == trained.generatorStep ? trained.generator : trained.discriminator;
        int same = 0;
        INDArray first = null;
        for (int i = 0; i < REPEATS; i++) {
          step.plan.run();
          String any = network.gradients.keySet().stream().sorted().findFirst().orElseThrow();
          INDArray gradient = network.gradients.get(any).toArray();
          first = first == null ? gradient : first;
          same += gradient.equalsWithEps(first, 0) ? 1 : 0;
        }
        System.out.printf(
            "%s %s step: %d of %d runs with the same bits%s%n",
            variant,
            step == trained.generatorStep ? "G" : "D",
            same,
            REPEATS,
            recorded(step));
      }
    }
  }

  static String recorded(DeviceGan.Step step) {
    return step.plan.isRecorded()
        ? ", recorded"
        : step.plan.whyNotRecorded().map(why -> ", not recorded: " + why).orElse("");
  }

  private String trained(Gan gan, boolean recorded) throws NoSuchAlgorithmException {
    try (DeviceGan trained = new DeviceGan(gan, 16, device)) {
      trained.compile(ImageLayout.CHANNELS_LAST);
      trained.replaying(recorded && RECORDED);
      for (int i = 0; i < ITERATIONS; i++) {
        trained.draw(i);
        trained.discriminatorStep.run();
        trained.generatorStep.run();
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (DeviceNetwork network :
          new DeviceNetwork[] {trained.generator, trained.discriminator}) {
        for (float value : network.parameters.toArray().toFloatVector()) {
          digest.update(Integer.toString(Float.floatToRawIntBits(value), 16).getBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
