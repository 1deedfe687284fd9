package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.data.Dataset;

/** Trains what makes images of a subset's classes. */
interface GeneratorTraining {
  /**
   * Trains, or goes on with, or finds finished what makes images.
   *
   * @param subset which images are learnt from
   * @param images the same in [0, 1]
   * @param directory the subset's, which exists
   * @param pace is told of every step
   * @throws Stopped if the experiment is to stop
   */
  ImageMakers train(LabelledSubset subset, Dataset images, Path directory, Pace pace)
      throws IOException;
}
