package org.samegan.io.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.safetensors.SafetensorsException;

/**
 * A trained generator for services. It may be used by any number of threads at once; close it to
 * give its memory back.
 *
 * <p><b>Batches.</b> Images are computed in batches of 2, 4, 8, ..., 64, each size with a plan of
 * its own that is compiled when it is first needed and kept: those 6 plans, which share the
 * weights, are all the memory outside the heap that a generator ever takes. A call for n images
 * runs batches of 64 and then the smallest that holds the rest.
 *
 * <p><b>Bits.</b> The same call gives the same bits on the same machine, whatever other threads ask
 * for meanwhile. The i-th image of a seed is the same for every n within {@value #TOLERANCE}, and
 * so is what {@link TrainedGenerator#sample} draws: latents are a function of (seed, i), batch
 * statistics are frozen, but a native kernel may sum in another order for a batch of another size.
 * (Measured: of the sizes used none gave other bits; batches of 1 did, by up to 9e-8, and are not
 * used.)
 *
 * <p><b>Threads.</b> Native kernels use all cores by themselves, and keep a pool of threads for
 * every thread that calls them. So all batches run on one thread, in the order in which they were
 * asked for; a large call is overtaken between its batches.
 *
 * <pre>{@code
 * try (Generator generator = Generator.load(Path.of("runs/first"))) {
 *   Images images = generator.generate(16, 42);
 * }
 * }</pre>
 */
public final class Generator implements AutoCloseable {
  static {
    CpuBinary.select();
  }

  /** How far an image of a seed may differ between calls for different numbers of images. */
  public static final double TOLERANCE = 1e-6;

  /** A product with a single row goes to another kernel, which sums in another order. */
  private static final int SMALLEST_BATCH = 2;

  private static final int LARGEST_BATCH = 64;

  private final TrainedGenerator generator;
  private final ExecutorService computing =
      Executors.newSingleThreadExecutor(Generator::computingThread);

  /** Calls share it; closing waits for them, and those that come later wait for closing. */
  private final ReadWriteLock use = new ReentrantReadWriteLock(true);

  private boolean closed;

  private Generator(TrainedGenerator generator) {
    this.generator = generator;
  }

  /**
   * Loads a generator.
   *
   * <p>An exported SameDiff graph or ONNX model is run as it is by its own runtime: take such files
   * from where you trust. Of all others nothing but values is read.
   *
   * @param path a run's directory, for its latest checkpoint, a checkpoint's, or an exported
   *     generator: ONNX, which is run by ONNX Runtime, SameDiff's with its manifest beside it, or
   *     safetensors
   * @throws CheckpointException if the checkpoint can't be used, with the reason
   * @throws UnusableFileException if the exported file can't, with the reason
   * @throws SafetensorsException if a safetensors file is damaged
   * @throws IOException if there is none, or it can't be read
   */
  public static Generator load(Path path) throws IOException {
    return load(path, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice, such as a GPU. ONNX models are run by ONNX Runtime on the
   * CPU, whatever is chosen.
   *
   * @param backend what computes; it stays the caller's
   */
  public static Generator load(Path path, Backend backend) throws IOException {
    return new Generator(GeneratorLoader.load(path, backend));
  }

  /**
   * A generator as it is now, which further training does not change.
   *
   * @param gan what is trained
   * @param arrays its variables' values by path, as a trainer's state has them; they are copied
   */
  public static Generator of(Gan gan, Map<String, INDArray> arrays) {
    return of(gan, arrays, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice.
   *
   * @param backend what computes; it stays the caller's
   */
  public static Generator of(Gan gan, Map<String, INDArray> arrays, Backend backend) {
    return new Generator(CompiledGenerator.of(gan, arrays, backend));
  }

  /** What the generator takes: {@link #generate(float[])} needs its size for each image. */
  public Latent latent() {
    return generator.latent();
  }

  /** The shape of one image: height, width, channels. */
  public Shape shape() {
    return generator.exampleShape();
  }

  /**
   * Generates the first images of a seed, those that {@link TrainedGenerator#sample} draws.
   *
   * @param count how many, at least 1
   * @param seed of the latents
   * @throws IllegalArgumentException if there are too few, or too many for one array
   * @throws IllegalStateException if the generator has been closed, or computing failed
   */
  public Images generate(int count, long seed) {
    return generate(count, latents(seed));
  }

  /**
   * Generates the first images of some latents.
   *
   * @param count how many, at least 1
   * @param latents such as those of {@link #latents(long)} with chosen classes or codes
   * @throws IllegalArgumentException if there are too few, or too many for one array, or one is not
   *     finite or of a class that there isn't
   * @throws IllegalStateException if the generator has been closed, or computing failed
   */
  public Images generate(int count, LatentSource latents) {
    requireCount(count);
    return generate(Latents.values(latent(), latents, 0, count));
  }

  /**
   * The latents of a seed, to choose classes and codes of.
   *
   * <pre>{@code
   * generator.generate(10, generator.latents(42).withLabel(7));
   * generator.generate(10, generator.latents(42).withCategory(0, 3).withContinuous(1, -2));
   * }</pre>
   */
  public Latents latents(long seed) {
    return Latents.drawn(latent(), seed);
  }

  /**
   * Generates the images of latents.
   *
   * @param latents (count, latent size) in row-major order: noise, codes and whatever else the
   *     latent is made of, in the order of its parts. Between classes too, such as halves of two,
   *     but for an exported ONNX model, which takes whole classes
   * @throws IllegalArgumentException if they are not a whole number of latents, are none or too
   *     many for one array, or one is not finite or none that the model takes
   * @throws IllegalStateException if the generator has been closed, or computing failed
   */
  public Images generate(float[] latents) {
    int count = latents.length / latent().size();
    if (latents.length % latent().size() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image takes a latent of %d values, found %d, which is no multiple of it",
              latent().size(),
              latents.length));
    }
    requireCount(count);
    for (int i = 0; i < latents.length; i++) {
      if (!Float.isFinite(latents[i])) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "latents must be finite, found %s at %d", latents[i], i));
      }
    }
    generator.requireComputable(latents);
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the generator has been closed");
      }
      return compute(latents, count);
    } finally {
      use.readLock().unlock();
    }
  }

  private void requireCount(int count) {
    int most = Integer.MAX_VALUE / Math.max(shape().elements(), latent().size());
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "from 1 to %d images of %s fit into one call, found %d",
              most,
              shape(),
              count));
    }
  }

  private Images compute(float[] latents, int count) {
    float[] images = new float[count * shape().elements()];
    for (int done = 0; done < count; done += LARGEST_BATCH) {
      int first = done * shape().elements();
      int some = Math.min(LARGEST_BATCH, count - done);
      FloatBuffer from = FloatBuffer.wrap(latents, done * latent().size(), some * latent().size());
      FloatBuffer into = FloatBuffer.wrap(images, first, some * shape().elements());
      try {
        CompletableFuture.runAsync(() -> compute(some, from, into), computing).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("images could not be computed", e.getCause());
      }
    }
    return new Images(images, shape(), generator.pixelRange());
  }

  private void compute(int count, FloatBuffer latents, FloatBuffer images) {
    int batch = Math.max(SMALLEST_BATCH, Integer.highestOneBit(2 * count - 1));
    generator.compute(batch, latents, images);
  }

  /** It does not keep the process alive, and is there as long as the generator. */
  private static Thread computingThread(Runnable work) {
    Thread thread = new Thread(work, "samegan-generator");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for the calls that run, and gives the memory back. Further calls fail. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        computing.shutdown();
        generator.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
