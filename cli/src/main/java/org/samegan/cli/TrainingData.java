package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.data.Dataset;
import org.samegan.core.training.Gan;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/** What a run learns from: images, or points of the plane. */
sealed interface TrainingData permits TrainingImages, TrainingPoints {
  /**
   * Opens the data of a configuration.
   *
   * @param place where it is now: a path, or {@code toy:} and a distribution's name
   */
  static TrainingData open(RunConfig config, String place, Terminal terminal) throws IOException {
    return TrainingPoints.isAt(place)
        ? TrainingPoints.at(place)
        : TrainingImages.open(config, ImageSource.at(Path.of(place), Split.TRAIN), terminal);
  }

  /** What the examples at a place are, in the plural. */
  static String kindAt(String place) {
    return TrainingPoints.isAt(place) ? TrainingPoints.KIND : TrainingImages.KIND;
  }

  /** How many of what there are. */
  String description();

  /** What {@code run.json} says of it, without held-out data. */
  RunRecord.Data record();

  /**
   * The GAN that a plan makes for it.
   *
   * @throws IllegalArgumentException if the variant has no architecture for it
   */
  Gan gan(RunPlan plan);

  /** The examples in the form that a GAN works on. */
  Dataset dataset(Gan gan);
}
