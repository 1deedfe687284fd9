package org.samegan.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.Sampler;
import org.samegan.core.training.Trainer;
import org.samegan.io.image.PngGrid;
import org.samegan.io.run.Run;
import org.samegan.io.run.StepFiles;

/**
 * Pictures of samples, sheets of images or plots of points; a run's own are always of the same
 * latents, so that they can be compared.
 */
final class SampleGrid {
  private static final int COUNT = 100;
  private static final String SUFFIX = ".png";

  private SampleGrid() {}

  /** Draws the picture of the trainer's present step. */
  static Path write(Run run, Trainer trainer) throws IOException {
    Gan gan = trainer.gan();
    Path file = run.samples().resolve(StepFiles.name(trainer.progress().step(), SUFFIX));
    Files.createDirectories(run.samples());
    if (PointSamples.areOf(gan)) {
      PointSamples.draw(run, trainer).writePlot(file);
    } else {
      SampleClasses classes = SampleClasses.inTurn(gan);
      float[] images = draw(trainer, COUNT, run.record().config().seed());
      write(file, images, gan, classes.columns(COUNT));
    }
    return file;
  }

  /** The first samples of a seed that the trainer's generator makes now. */
  static float[] draw(Trainer trainer, int count, long seed) {
    Gan gan = trainer.gan();
    try (InferenceGraph generator = InferenceGraph.emitGenerator(gan, trainer.state().arrays());
        Sampler sampler = new Sampler(generator.graph(), gan.latent(), gan.exampleShape())) {
      return sampler.sample(0, count, SampleClasses.inTurn(gan).latents(gan.latent(), seed));
    }
  }

  /** Writes images row by row. */
  static void write(Path file, float[] images, Gan gan, int columns) throws IOException {
    grid(images.length / gan.exampleShape().elements(), columns)
        .write(file, FloatBuffer.wrap(images), gan.exampleShape(), gan.pixelRange());
  }

  /**
   * Makes sure that so many images fit onto a sheet.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireFit(Gan gan, int count, int columns) {
    grid(count, columns).sheetShape(gan.exampleShape());
  }

  private static PngGrid grid(int count, int columns) {
    return PngGrid.of((count - 1) / columns + 1, columns);
  }

  /** The picture of the latest step. */
  static Optional<Path> latest(Run run) throws IOException {
    List<Path> all = StepFiles.in(run.samples(), SUFFIX);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }
}
