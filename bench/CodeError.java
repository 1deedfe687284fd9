import org.samegan.core.gan.GanNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.data.Dataset;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.data.Split;

/**
 * How well InfoGAN's categorical code classifies labelled images it was never told the labels of:
 * {@code CodeError CHECKPOINT DATA}, with the test images of DATA. Every class of the code is
 * matched with one label, such that as many images as possible agree (Chen et al. 2016,
 * arXiv:1606.03657, section 7.2); prints the share that doesn't, and the table of code by label.
 * {@code bench/code-error} starts it.
 */
public final class CodeError {
  private static final int BATCH = 500;

  public static void main(String[] args) throws Exception {
    CpuBinary.select();
    Path directory = Path.of(args[0]);
    Gan gan = Checkpoint.read(directory).gan();
    Path cache = Files.createTempDirectory("code-error");
    PackedImages images =
        PackedImages.open(
            ImageSource.at(Path.of(args[1]), Split.TEST), ImageOptions.asStored(), cache);
    Dataset data = images.as(gan.pixelRange());
    int[][] counts = counts(directory, gan, data);
    System.out.printf("error %.2f %%%n", 100 * (1 - matched(counts) / (double) data.size()));
    for (int[] row : counts) {
      System.out.println(Arrays.toString(row));
    }
  }

  /** Images by code and label. */
  private static int[][] counts(Path directory, Gan gan, Dataset data) {
    SameDiff recognition = SameDiff.load(directory.resolve("recognition.fb").toFile(), false);
    int first = 0;
    int classes = 0;
    for (Latent.Part part : gan.latent().parts()) {
      if (part instanceof Latent.Categorical) {
        classes = part.size();
        break;
      }
      first += part.recognitionSize();
    }
    int[][] counts = new int[classes][data.classes().count()];
    for (int from = 0; from < data.size(); from += BATCH) {
      int size = Math.min(BATCH, data.size() - from);
      FloatBuffer pixels = FloatBuffer.allocate(size * data.exampleShape().elements());
      for (int i = 0; i < size; i++) {
        data.copyTo(from + i, pixels);
      }
      INDArray batch =
          Nd4j.createFromArray(pixels.array()).reshape(data.exampleShape().batch(size));
      INDArray codes =
          recognition.outputSingle(
              Map.of(GanNetwork.IMAGE, batch), GanNetwork.CODES);
      for (int i = 0; i < size; i++) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
          if (codes.getFloat(i, first + k) > codes.getFloat(i, first + best)) {
            best = k;
          }
        }
        counts[best][data.label(from + i)]++;
      }
    }
    return counts;
  }

  /** The greatest sum with one entry of each row and column: by rows, over all sets of columns. */
  private static int matched(int[][] counts) {
    int labels = counts[0].length;
    int[] best = new int[1 << labels];
    Arrays.fill(best, -1);
    best[0] = 0;
    int greatest = 0;
    for (int used = 0; used < best.length; used++) {
      int row = Integer.bitCount(used);
      if (best[used] < 0 || row >= counts.length) {
        greatest = Math.max(greatest, best[used]);
        continue;
      }
      for (int label = 0; label < labels; label++) {
        int next = used | 1 << label;
        if (next != used) {
          best[next] = Math.max(best[next], best[used] + counts[row][label]);
        }
      }
    }
    return Math.max(greatest, best[best.length - 1]);
  }
}
