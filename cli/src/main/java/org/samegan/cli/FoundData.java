package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.training.Gan;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;

/**
 * Data of which the form is known, while the examples may still have to be read, which can take
 * long: what the form alone shows to be wrong is found out here.
 */
sealed interface FoundData permits FoundImages, TrainingPoints {
  /**
   * Finds the data of a configuration.
   *
   * @param place where it is now: a path, or {@code toy:} and a distribution's name
   */
  static FoundData at(RunConfig config, String place) throws IOException {
    return TrainingPoints.isAt(place)
        ? TrainingPoints.at(place)
        : FoundImages.of(config, ImageSource.at(Path.of(place), Split.TRAIN));
  }

  /** The shape and the number of classes of its examples. */
  ExampleForm form();

  /**
   * The GAN that a plan makes for it.
   *
   * @throws IllegalArgumentException if the variant has no architecture for it
   */
  Gan gan(RunPlan plan);

  /** Makes the examples ready, which is what takes long. */
  TrainingData open(Terminal terminal) throws IOException;
}
