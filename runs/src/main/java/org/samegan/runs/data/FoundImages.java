package org.samegan.runs.data;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.samegan.core.data.ExampleForm;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;

/**
 * Images, perhaps not packed yet.
 *
 * @param source where they come from
 * @param options the form they are brought to
 * @param form what they are like, or will be
 */
record FoundImages(ImageSource source, ImageOptions options, ExampleForm form)
    implements FoundExamples {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  /** Looks at what has been packed, or else at the first image. */
  static FoundImages of(ImageSource source, ImageOptions options) throws IOException {
    Optional<PackedImages> packed = PackedImages.find(source, options, CacheDirectory.ofUser());
    ExampleForm form = packed.isPresent() ? packed.get().form() : source.form(options);
    return new FoundImages(source, options, form);
  }

  /**
   * Verifies what has been packed, or packs, and tells how far that is if it takes long. What was
   * looked at for the form is not used: of that only the header and the tables have been checked.
   */
  @Override
  public Examples open(Consumer<String> notices) throws IOException {
    PackedImages images = pack(notices);
    source
        .otherFiles()
        .ifPresent(
            others ->
                notices.accept(
                    String.format(Locale.ROOT, "%,d images, %s", images.size(), others.leftOut())));
    images.skipped().forEach(file -> notices.accept("left out, as it can't be decoded: " + file));
    return new Examples(
        String.format(
            Locale.ROOT,
            "%,d images of %s in %s, %s",
            images.size(),
            images.shape(),
            source.path(),
            images.classes().description()),
        images.size(),
        images.form(),
        images.fingerprint(),
        images::as);
  }

  private PackedImages pack(Consumer<String> notices) throws IOException {
    long[] next = {System.nanoTime() + INTERVAL_NANOS};
    return PackedImages.open(
        source,
        options,
        CacheDirectory.ofUser(),
        (done, total) -> {
          if (System.nanoTime() >= next[0]) {
            notices.accept(String.format(Locale.ROOT, "reading images: %,d of %,d", done, total));
            next[0] = System.nanoTime() + INTERVAL_NANOS;
          }
        });
  }
}
