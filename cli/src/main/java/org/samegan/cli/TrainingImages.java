package org.samegan.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.training.Gan;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;
import org.samegan.models.ImageFormat;

/**
 * Images, packed.
 *
 * @param images the images
 */
record TrainingImages(PackedImages images) implements TrainingData {
  static final String KIND = "images";
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  /** Opens the images, and tells how far packing is if it takes long. */
  static TrainingImages open(RunConfig config, ImageSource source, Terminal terminal)
      throws IOException {
    ImageOptions options =
        new ImageOptions(
            config.imageSize() == null ? 0 : config.imageSize(),
            config.channels() == null ? 0 : config.channels(),
            config.skipBad());
    long[] next = {System.nanoTime() + INTERVAL_NANOS};
    PackedImages images =
        PackedImages.open(
            source,
            options,
            CacheDirectory.ofUser(),
            (done, total) -> {
              if (System.nanoTime() >= next[0]) {
                terminal.say("reading images: %,d of %,d", done, total);
                next[0] = System.nanoTime() + INTERVAL_NANOS;
              }
            });
    images.skipped().forEach(file -> terminal.say("left out, as it can't be decoded: %s", file));
    return new TrainingImages(images);
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "%,d images of %s", images.size(), images.shape());
  }

  @Override
  public RunRecord.Data record() {
    return new RunRecord.Data(images.fingerprint(), images.size(), images.classes(), null);
  }

  @Override
  public Gan gan(RunPlan plan) {
    return plan.gan(format());
  }

  @Override
  public Dataset dataset(Gan gan) {
    return images.as(gan.pixelRange());
  }

  /**
   * The images' size, channels and classes.
   *
   * @throws IllegalArgumentException if they aren't square
   */
  private ImageFormat format() {
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
}
