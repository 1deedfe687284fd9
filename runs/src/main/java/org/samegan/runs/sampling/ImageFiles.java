package org.samegan.runs.sampling;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngGrid;
import org.samegan.io.image.PngImage;

/** Images as sheets, and as {@code 000000.png} and so on. */
record ImageFiles(TrainedGenerator generator) implements SampleFiles {
  /** Images in memory at a time, so that their number has no limit. */
  private static final int PORTION = 256;

  @Override
  public int pictureCount() {
    return 100;
  }

  @Override
  public void writePicture(Path file, int count, int columns, LatentSource latents)
      throws IOException {
    PngGrid grid = PngGrid.of((count - 1) / columns + 1, columns);
    // That it doesn't fit onto a sheet must not be found out when all have been computed.
    grid.sheetShape(generator.exampleShape());
    grid.write(
        file,
        FloatBuffer.wrap(generator.sample(0, count, latents)),
        generator.exampleShape(),
        generator.pixelRange());
  }

  @Override
  public void writeEach(Path directory, int count, SampleClasses classes, LatentSource latents)
      throws IOException {
    for (int first = 0; first < count; first += PORTION) {
      int last = Math.min(count, first + PORTION);
      FloatBuffer buffer = FloatBuffer.wrap(generator.sample(first, last - first, latents));
      for (int i = first; i < last; i++) {
        Path folder = Files.createDirectories(classes.directory(directory, i));
        PngImage.write(
            folder.resolve(String.format(Locale.ROOT, "%06d.png", i)),
            ByteImage.of(buffer, generator.exampleShape(), generator.pixelRange()));
      }
    }
  }
}
