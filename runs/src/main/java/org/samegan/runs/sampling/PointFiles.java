package org.samegan.runs.sampling;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.file.WholeFile;
import org.samegan.io.toy.ScatterPlot;
import org.samegan.io.toy.ToyData;

/**
 * Points as scatter plots, and as a table {@code points.csv}.
 *
 * @param data that they should be like, if it is known
 */
record PointFiles(TrainedGenerator generator, Optional<ToyData> data) implements SampleFiles {
  private static final int PICTURE_COUNT = 2_500;

  @Override
  public int pictureCount() {
    return PICTURE_COUNT;
  }

  /** Beside as many real points as there may be samples. */
  @Override
  public void writePicture(Path file, int count, int columns, LatentSource latents)
      throws IOException {
    FloatBuffer real =
        data.map(known -> known.points(PICTURE_COUNT)).orElse(FloatBuffer.allocate(0));
    ScatterPlot.STANDARD.write(file, real, FloatBuffer.wrap(generator.sample(0, count, latents)));
  }

  @Override
  public void writeEach(Path directory, int count, SampleClasses classes, LatentSource latents)
      throws IOException {
    float[] points = generator.sample(0, count, latents);
    StringBuilder table = new StringBuilder("x,y\n");
    for (int i = 0; i < points.length; i += 2) {
      table.append(points[i]).append(',').append(points[i + 1]).append('\n');
    }
    WholeFile.write(
        directory.resolve("points.csv"), table.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
