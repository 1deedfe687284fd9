package org.samegan.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.Sampler;
import org.samegan.core.training.Trainer;
import org.samegan.io.image.PngGrid;
import org.samegan.io.run.Run;

/**
 * A run's pictures of samples, a grid of 100 images or a plot of points: always of the same
 * latents, so that they can be compared.
 */
final class SampleGrid {
  private static final int EDGE = 10;

  private SampleGrid() {}

  /** Draws the picture of the trainer's present step. */
  static Path write(Run run, Trainer trainer) throws IOException {
    Gan gan = trainer.gan();
    String name = String.format(Locale.ROOT, "step-%08d.png", trainer.progress().step());
    Path file = run.samples().resolve(name);
    Files.createDirectories(run.samples());
    if (PointSamples.areOf(gan)) {
      PointSamples.draw(run, trainer).writePlot(file);
    } else {
      float[] images = draw(trainer, EDGE * EDGE, run.record().config().seed());
      PngGrid.of(EDGE, EDGE)
          .write(file, FloatBuffer.wrap(images), gan.exampleShape(), gan.pixelRange());
    }
    return file;
  }

  /** The first samples of a seed that the trainer's generator makes now. */
  static float[] draw(Trainer trainer, int count, long seed) {
    Gan gan = trainer.gan();
    InferenceGraph generator = InferenceGraph.emitGenerator(gan, trainer.state().arrays());
    try (Sampler sampler = new Sampler(generator.graph(), gan.latent(), gan.exampleShape())) {
      return sampler.sample(0, count, seed);
    }
  }

  /** The picture of the latest step. */
  static Optional<Path> latest(Run run) throws IOException {
    if (!Files.isDirectory(run.samples())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(run.samples())) {
      return files
          .filter(file -> file.getFileName().toString().matches("step-\\d+\\.png"))
          .max(Comparator.naturalOrder());
    }
  }
}
