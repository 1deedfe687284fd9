import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.TorchBackend;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.ImageLayout;

/** Trains {@code wgan-gp} on a folder of gray pictures for some seconds, and draws grids of samples. */
final class FolderTraining {
  private static final int BATCH = 64;
  private static final int GRID = 8;

  private final Gan gan;
  private final Backend backend;
  private final int size;
  private final int width;
  private final byte[][] pictures;

  /** With pictures halved until they have so many pixels. */
  FolderTraining(TorchDevice device, Path folder, int size, int width, Precision precision)
      throws IOException {
    device.setPrecision(precision);
    backend = new TorchBackend(device, ImageLayout.CHANNELS_LAST, SameBits.RECORDED);
    this.size = size;
    this.width = width;
    gan = Variants.named("wgan-gp").gan(ExampleForm.images(size, 1), Map.of("width", width));
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
      pictures = all.parallelStream().map(this::pixels).toArray(byte[][]::new);
    }
  }

  private byte[] pixels(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      int step = image.getWidth() / size;
      byte[] pixels = new byte[size * size];
      for (int i = 0; i < pixels.length; i++) {
        int sum = 0;
        for (int j = 0; j < step * step; j++) {
          int x = i % size * step + j % step;
          int y = i / size * step + j / step;
          sum += image.getRaster().getSample(x, y, 0);
        }
        pixels[i] = (byte) (sum / (step * step));
      }
      return pixels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains, and leaves {@code NAME-STEP.png} as often as the steps double. */
  void run(int seconds, Path out, String name) throws IOException {
    long start = System.nanoTime();
    try (Trainer trainer = new Trainer(gan, new Pictures(), BATCH, 1, backend)) {
      System.out.printf("%s: %d pictures, %s%n", name, pictures.length, backend.description());
      long steps = 0;
      double firstSeconds = 0;
      StepReport report = null;
      while ((System.nanoTime() - start) / 1e9 < seconds) {
        report = trainer.step();
        steps++;
        if (steps == 5) {
          firstSeconds = (System.nanoTime() - start) / 1e9;
        }
        if (Long.bitCount(steps) == 1 && steps >= 64) {
          grid(trainer, out.resolve(name + "-" + steps + ".png"));
          System.out.printf(
              "%s step %d after %.1f s: %s%n", name, steps, (System.nanoTime() - start) / 1e9, report);
        }
      }
      double all = (System.nanoTime() - start) / 1e9;
      grid(trainer, out.resolve(name + "-" + steps + ".png"));
      System.out.printf(
          "%s size=%d width=%d batch=%d: %d iterations in %.1f s, %.1f ms each after the first 5: %s%n",
          name, size, width, BATCH, steps, all, 1000 * (all - firstSeconds) / (steps - 5), report);
    }
  }

  private void grid(Trainer trainer, Path file) throws IOException {
    Map<String, INDArray> arrays = trainer.state().arrays();
    try (CompiledGenerator generator =
        new CompiledGenerator(
            InferenceGraph.emit(gan, GanNetwork.GENERATOR, arrays).graph(),
            gan.latent(),
            gan.exampleShape(),
            gan.pixelRange(),
            backend)) {
      FloatBuffer latents = FloatBuffer.allocate(GRID * GRID * gan.latent().size());
      gan.latent().fill(RandomStream.of(1, "samples", 0), latents);
      FloatBuffer images = FloatBuffer.allocate(GRID * GRID * size * size);
      generator.compute(GRID * GRID, latents.rewind(), images);
      BufferedImage picture =
          new BufferedImage(GRID * (size + 2), GRID * (size + 2), BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < images.capacity(); i++) {
        int image = i / (size * size);
        int pixel = i % (size * size);
        picture
            .getRaster()
            .setSample(
                image % GRID * (size + 2) + pixel % size,
                image / GRID * (size + 2) + pixel / size,
                0,
                gan.pixelRange().toByte(images.get(i)));
      }
      ImageIO.write(picture, "png", file.toFile());
    }
    arrays.values().forEach(INDArray::close);
  }

  private final class Pictures implements Dataset {
    @Override
    public int size() {
      return pictures.length;
    }

    @Override
    public Shape exampleShape() {
      return gan.exampleShape();
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (byte pixel : pictures[index]) {
        destination.put(gan.pixelRange().fromByte(pixel & 0xff));
      }
    }
  }
}
