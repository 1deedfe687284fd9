package org.samegan.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.training.Gan;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.run.RunConfig;
import org.samegan.models.ImageFormat;

/**
 * Images, perhaps not packed yet.
 *
 * @param source where they come from
 * @param options the form they are brought to
 * @param packed the images, if they have been packed before
 * @param form what they are like, or will be
 */
record FoundImages(
    ImageSource source, ImageOptions options, Optional<PackedImages> packed, ExampleForm form)
    implements FoundData {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  /** Looks at what has been packed, or else at the first image. */
  static FoundImages of(RunConfig config, ImageSource source) throws IOException {
    ImageOptions options =
        new ImageOptions(
            config.imageSize() == null ? 0 : config.imageSize(),
            config.channels() == null ? 0 : config.channels(),
            config.skipBad());
    Optional<PackedImages> packed = PackedImages.find(source, options, CacheDirectory.ofUser());
    ExampleForm form = packed.isPresent() ? packed.get().form() : source.form(options);
    return new FoundImages(source, options, packed, form);
  }

  @Override
  public Gan gan(RunPlan plan) {
    return plan.gan(format());
  }

  /** Packs them if need be, and tells how far that is if it takes long. */
  @Override
  public TrainingImages open(Terminal terminal) throws IOException {
    PackedImages images = packed.isPresent() ? packed.get() : pack(terminal);
    images.skipped().forEach(file -> terminal.say("left out, as it can't be decoded: %s", file));
    return new TrainingImages(images);
  }

  private PackedImages pack(Terminal terminal) throws IOException {
    long[] next = {System.nanoTime() + INTERVAL_NANOS};
    return PackedImages.open(
        source,
        options,
        CacheDirectory.ofUser(),
        (done, total) -> {
          if (System.nanoTime() >= next[0]) {
            terminal.say("reading images: %,d of %,d", done, total);
            next[0] = System.nanoTime() + INTERVAL_NANOS;
          }
        });
  }

  /**
   * The images' size, channels and classes.
   *
   * @throws IllegalArgumentException if they aren't square
   */
  private ImageFormat format() {
    Shape shape = form.shape();
    if (shape.get(0) != shape.get(1)) {
      throw new IllegalArgumentException(
          String.format(
              "the images are %d pixels high and %d wide, but all variants make squares; choose"
                  + " a size with --image-size",
              shape.get(0), shape.get(1)));
    }
    return new ImageFormat(shape.get(0), shape.channels(), form.classes());
  }
}
