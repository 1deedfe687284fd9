package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/**
 * Examples that a critic is not trained on, for a second estimate of its distance.
 *
 * @param config says whether they were asked for, and how many are measured at once
 * @param place where they are
 * @param gan what is trained
 * @param found the examples; empty if none are needed, or none were asked for and none that fit
 *     belong to the training data
 */
record HeldOutData(RunConfig config, String place, Gan gan, Optional<FoundData> found) {
  /**
   * Finds what a configuration holds out, and checks its form.
   *
   * @param config says where it is, or leaves it to the data
   * @param data where the training data is now
   * @param gan what is trained; one that estimates no distance needs no held-out data
   * @param terminal is told why what belongs to the data can't be used
   * @throws IllegalArgumentException if it was asked for but isn't needed, or hasn't the form of
   *     the training data
   */
  static HeldOutData find(RunConfig config, String data, Gan gan, Terminal terminal)
      throws IOException {
    String place = config.heldOut() == null ? data : config.heldOut();
    HeldOutData none = new HeldOutData(config, place, gan, Optional.empty());
    if (!gan.recipe().objective().estimatesDistance()) {
      if (config.heldOut() != null) {
        throw new IllegalArgumentException(
            String.format(
                "--held-out: the losses of %s estimate no distance that could be measured on"
                    + " held-out data; leave it out, or choose a Wasserstein variant",
                gan.variant()));
      }
      return none;
    }
    Optional<FoundData> found = find(config, place);
    return found.isPresent() && none.passes(() -> none.requireForm(found.get().form()), terminal)
        ? new HeldOutData(config, place, gan, found)
        : none;
  }

  /**
   * The examples, if any are held out.
   *
   * @param terminal is told why what belongs to the data can't be used
   * @return empty too if they don't fit and were not asked for
   * @throws IllegalArgumentException if they were asked for, but are less than a batch or lack a
   *     class
   */
  Optional<TrainingData> open(Terminal terminal) throws IOException {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    TrainingData examples = found.get().open(terminal);
    return passes(() -> requireFit(examples), terminal) ? Optional.of(examples) : Optional.empty();
  }

  /** What nobody asked for is no reason to stop. */
  private boolean passes(Runnable check, Terminal terminal) {
    try {
      check.run();
      return true;
    } catch (IllegalArgumentException e) {
      if (config.heldOut() != null) {
        throw e;
      }
      terminal.say("the distance is measured on no held-out data: %s", e.getMessage());
      return false;
    }
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

  private static Optional<FoundData> find(RunConfig config, String place) throws IOException {
    if (TrainingPoints.isAt(place)) {
      return Optional.of(TrainingPoints.at(place).heldOut());
    }
    Optional<ImageSource> source = source(Path.of(place), config.heldOut() != null);
    return source.isEmpty() ? Optional.empty() : Optional.of(FoundImages.of(config, source.get()));
  }

  /** A place that was named holds held-out images whatever they are called. */
  private static Optional<ImageSource> source(Path place, boolean named) throws IOException {
    Optional<ImageSource> split =
        named && !Files.isDirectory(place) ? Optional.empty() : ImageSource.heldOutOf(place);
    return named && split.isEmpty() ? Optional.of(ImageSource.at(place, Split.TRAIN)) : split;
  }

  private void requireForm(ExampleForm form) {
    if (!form.shape().equals(gan.exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              "the held-out examples of %s are %s, but the training data's are %s; choose a size"
                  + " and channels for both with --image-size and --channels, or other held-out"
                  + " data with --held-out",
              place, form.shape(), gan.exampleShape()));
    }
    try {
      gan.requireForm(form);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  private void requireFit(TrainingData examples) {
    if (examples.record().examples() < config.batch()) {
      throw new IllegalArgumentException(
          String.format(
              "--batch %d is more than the %d held-out examples of %s; use a smaller batch, or more"
                  + " held-out data with --held-out",
              config.batch(), examples.record().examples(), place));
    }
    try {
      Trainer.requireFit(gan, examples.dataset(gan), config.batch());
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  private IllegalArgumentException unfit(IllegalArgumentException cause) {
    return new IllegalArgumentException(
        String.format("the held-out data of %s: %s", place, cause.getMessage()), cause);
  }
}
