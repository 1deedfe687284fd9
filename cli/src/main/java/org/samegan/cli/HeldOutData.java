package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/** Examples that a critic is not trained on, for a second estimate of its distance. */
final class HeldOutData {
  private HeldOutData() {}

  /**
   * Opens what a configuration holds out, in the form of the training data.
   *
   * @param config says where it is, or leaves it to the data
   * @param data where the training data is now
   * @param gan what is trained; one that estimates no distance needs no held-out data
   * @param terminal is told why what belongs to the data can't be used
   * @return empty if none is needed, or none was asked for and none that fits belongs to the data
   * @throws IllegalArgumentException if it was asked for but isn't needed, doesn't fit the GAN, or
   *     is less than a batch
   */
  static Optional<TrainingData> open(RunConfig config, String data, Gan gan, Terminal terminal)
      throws IOException {
    if (!gan.recipe().objective().estimatesDistance()) {
      if (config.heldOut() != null) {
        throw new IllegalArgumentException(
            String.format(
                "--held-out: the losses of %s estimate no distance that could be measured on"
                    + " held-out data; leave it out, or choose a Wasserstein variant",
                gan.variant()));
      }
      return Optional.empty();
    }
    String place = config.heldOut() == null ? data : config.heldOut();
    Optional<TrainingData> found = find(config, place, terminal);
    if (found.isPresent()) {
      try {
        requireFit(place, found.get(), config.batch(), gan);
      } catch (IllegalArgumentException e) {
        if (config.heldOut() != null) {
          throw e;
        }
        terminal.say("the distance is measured on no held-out data: %s", e.getMessage());
        return Optional.empty();
      }
    }
    return found;
  }

  /** What {@code run.json} says of training data and held-out data together. */
  static RunRecord.Data record(TrainingData data, Optional<TrainingData> heldOut) {
    RunRecord.Data record = data.record();
    return new RunRecord.Data(
        record.fingerprint(),
        record.examples(),
        record.classes(),
        heldOut.map(held -> held.record().fingerprint()).orElse(null));
  }

  private static Optional<TrainingData> find(RunConfig config, String place, Terminal terminal)
      throws IOException {
    if (TrainingPoints.isAt(place)) {
      return Optional.of(TrainingPoints.at(place).heldOut());
    }
    Optional<ImageSource> source = source(Path.of(place), config.heldOut() != null);
    return source.isEmpty()
        ? Optional.empty()
        : Optional.of(TrainingImages.open(config, source.get(), terminal));
  }

  /** A place that was named holds held-out images whatever they are called. */
  private static Optional<ImageSource> source(Path place, boolean named) throws IOException {
    Optional<ImageSource> split =
        named && !Files.isDirectory(place) ? Optional.empty() : ImageSource.heldOutOf(place);
    return named && split.isEmpty() ? Optional.of(ImageSource.at(place, Split.TRAIN)) : split;
  }

  private static void requireFit(String place, TrainingData found, int batch, Gan gan) {
    Shape shape = found.dataset(gan).exampleShape();
    if (!shape.equals(gan.exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              "the held-out examples of %s are %s, but the training data's are %s; choose a size"
                  + " and channels for both with --image-size and --channels, or other held-out"
                  + " data with --held-out",
              place, shape, gan.exampleShape()));
    }
    if (found.record().examples() < batch) {
      throw new IllegalArgumentException(
          String.format(
              "--batch %d is more than the %d held-out examples of %s; use a smaller batch, or more"
                  + " held-out data with --held-out",
              batch, found.record().examples(), place));
    }
    try {
      Trainer.requireFit(gan, found.dataset(gan), batch);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format("the held-out data of %s: %s", place, e.getMessage()), e);
    }
  }
}
