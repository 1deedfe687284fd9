package org.samegan.cli;

import org.samegan.core.data.Dataset;
import org.samegan.core.training.Gan;
import org.samegan.io.run.RunRecord;

/** What a run learns from: images, or points of the plane. */
sealed interface TrainingData permits TrainingImages, TrainingPoints {
  /** What the examples at a place are, in the plural. */
  static String kindAt(String place) {
    return TrainingPoints.isAt(place) ? TrainingPoints.KIND : TrainingImages.KIND;
  }

  /** How many of what there are. */
  String description();

  /** What {@code run.json} says of it, without held-out data. */
  RunRecord.Data record();

  /** The examples in the form that a GAN works on. */
  Dataset dataset(Gan gan);
}
