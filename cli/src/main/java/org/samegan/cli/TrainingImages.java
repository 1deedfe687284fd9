package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.samegan.core.Shape;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.models.ImageFormat;

/** The images that a configuration asks for. */
final class TrainingImages {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private TrainingImages() {}

  /** Opens the images, and tells how far packing is if it takes long. */
  static PackedImages open(RunConfig config, Path data, Terminal terminal) throws IOException {
    ImageOptions options =
        new ImageOptions(
            config.imageSize() == null ? 0 : config.imageSize(),
            config.channels() == null ? 0 : config.channels(),
            config.skipBad());
    long[] next = {System.nanoTime() + INTERVAL_NANOS};
    PackedImages images =
        PackedImages.open(
            ImageSource.at(data, Split.TRAIN),
            options,
            CacheDirectory.ofUser(),
            (done, total) -> {
              if (System.nanoTime() >= next[0]) {
                terminal.say("reading images: %,d of %,d", done, total);
                next[0] = System.nanoTime() + INTERVAL_NANOS;
              }
            });
    images.skipped().forEach(file -> terminal.say("left out, as it can't be decoded: %s", file));
    return images;
  }

  /**
   * The images' size, channels and classes.
   *
   * @throws IllegalArgumentException if they aren't square
   */
  static ImageFormat format(PackedImages images) {
    Shape shape = images.shape();
    if (shape.get(0) != shape.get(1)) {
      throw new IllegalArgumentException(
          String.format(
              "the images are %d pixels high and %d wide, but all variants make squares; choose"
                  + " a size with --image-size",
              shape.get(0), shape.get(1)));
    }
    return new ImageFormat(shape.get(0), shape.channels(), images.classes());
  }

  /**
   * Makes sure that there are images for a batch.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireBatch(int batch, PackedImages images) {
    if (batch > images.size()) {
      throw new IllegalArgumentException(
          String.format(
              "--batch %d is more than the %d images there are; use a smaller batch or more data",
              batch, images.size()));
    }
  }
}
