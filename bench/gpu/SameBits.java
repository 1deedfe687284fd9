import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** Whether the same training leaves the same bits, time by time, with and without CUDA graphs. */
final class SameBits {
  private static final int TIMES = 3;
  private static final int STEPS = 20;
  private static final int BATCH = 16;

  private final TorchDevice device;
  private String note = "";

  SameBits(TorchDevice device) {
    this.device = device;
  }

  void print() throws NoSuchAlgorithmException {
    List<Precision> precisions =
        device.isCuda() ? List.of(Precision.FP32, Precision.TF32) : List.of(Precision.FP32);
    for (Precision precision : precisions) {
      device.setPrecision(precision);
      for (String variant : List.of("dcgan", "wgan-gp")) {
        Gan gan = Variants.named(variant).gan(ExampleForm.images(28, 1), Map.of("width", 16));
        compare(variant + " " + precision.name().toLowerCase(Locale.ROOT), gan);
      }
    }
    System.out.printf("handles that are not freed: %d%n", Handles.live());
  }

  private void compare(String name, Gan gan) throws NoSuchAlgorithmException {
    String first = trained(gan, true);
    int equal = 1;
    for (int i = 1; i < TIMES; i++) {
      equal += trained(gan, true).equals(first) ? 1 : 0;
    }
    System.out.printf(
        "%s: %d steps, %d of %d times the same bits%s",
        name, STEPS, equal, TIMES, equal == TIMES ? "" : ": DIFFERENT");
    if (device.isCuda()) {
      System.out.printf(
          "; without CUDA graphs: %s", trained(gan, false).equals(first) ? "the same" : "DIFFERENT");
    }
    System.out.printf("; SHA-256 %.16s%s%n", first, note);
  }

  /** The hash of all that a training leaves. */
  private String trained(Gan gan, boolean recorded) throws NoSuchAlgorithmException {
    WatchedBackend backend = new WatchedBackend(device, Forms.of(device), recorded);
    NoiseImages data = new NoiseImages(gan.exampleShape(), 4 * BATCH);
    try (Trainer trainer = new Trainer(gan, data, BATCH, 42, backend)) {
      for (int i = 0; i < STEPS; i++) {
        trainer.step();
      }
      if (recorded && device.isCuda() && WatchedBackend.MAY_RECORD) {
        note = backend.notRecorded();
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // By name, so that the hash doesn't depend on the order in which a state lists its arrays.
      for (INDArray array : new TreeMap<>(trainer.state().arrays()).values()) {
        float[] values = array.reshape(array.length()).toFloatVector();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
