package org.samegan.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.file.WholeFile;
import org.samegan.io.run.Run;
import org.samegan.io.toy.ModeStatistics;
import org.samegan.io.toy.ScatterPlot;
import org.samegan.io.toy.ToyData;

/** Samples of a generator of points, beside the data that they should be like. */
final class PointSamples {
  /** How many make a picture or a count of modes, of either kind. */
  static final int COUNT = 2_500;

  private static final double SIGMAS = 4;
  private static final Shape POINT = Shape.of(2);

  private final Optional<ToyData> data;
  private final FloatBuffer samples;

  /**
   * Samples, and what they are compared with.
   *
   * @param run the generator's run, whose data is known; null for a checkpoint alone
   * @param samples as x, y, x, y, ...
   */
  PointSamples(Run run, float[] samples) {
    data =
        Optional.ofNullable(run)
            .map(known -> known.record().config().data())
            .filter(TrainingPoints::isAt)
            .map(place -> TrainingPoints.at(place).points());
    this.samples = FloatBuffer.wrap(samples);
  }

  /** Draws from the generator of a trainer, always of the same latents. */
  static PointSamples draw(Run run, Trainer trainer) {
    return new PointSamples(run, SampleGrid.draw(trainer, COUNT, run.record().config().seed()));
  }

  /** Whether a GAN makes points. */
  static boolean areOf(Gan gan) {
    return gan.exampleShape().equals(POINT);
  }

  /** Writes a scatter plot, of as many real points as there may be samples. */
  void writePlot(Path file) throws IOException {
    FloatBuffer real = data.map(known -> known.points(COUNT)).orElse(FloatBuffer.allocate(0));
    ScatterPlot.STANDARD.write(file, real, samples);
  }

  /** Writes a table of two columns, x and y. */
  void writeCsv(Path file) throws IOException {
    StringBuilder table = new StringBuilder("x,y\n");
    for (int i = 0; i < samples.limit(); i += 2) {
      table.append(samples.get(i)).append(',').append(samples.get(i + 1)).append('\n');
    }
    WholeFile.write(file, table.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** How well the samples cover the data's modes; empty if the data has none or is not known. */
  Optional<ModeStatistics> modes() {
    return data.map(ToyData::distribution)
        .filter(distribution -> !distribution.modes().isEmpty())
        .map(distribution -> distribution.modesCovered(samples, SIGMAS));
  }

  /** The statistics in words. */
  static String inWords(ModeStatistics modes) {
    return String.format(
        Locale.ROOT,
        "%d of %d found, %.1f %% of samples within %.0f standard deviations of one",
        modes.covered(),
        modes.modes(),
        100 * modes.highQuality(),
        SIGMAS);
  }
}
