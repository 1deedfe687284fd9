package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.FoundExamples;
import org.samegan.runs.data.TrainingExamples;

/**
 * The real images that generated ones are compared with, in the form that those have.
 *
 * @param description where they are
 * @param train what the generator was trained on
 * @param heldOut what it was not trained on, if there is some
 */
record RealImages(String description, FoundExamples train, Optional<FoundExamples> heldOut) {
  /**
   * Finds them.
   *
   * @param shape of the generated images
   * @throws IllegalArgumentException if there are no such images, or nobody says where
   * @throws IOException if there is nothing where it should be
   */
  static RealImages find(EvaluationRequest request, Shape shape) throws IOException {
    Optional<RunConfig> ofRun = runOf(request.generator()).map(run -> run.record().config());
    String place = request.data();
    if (place == null) {
      place =
          ofRun
              .map(config -> config.get(RunOptions.DATA))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the option data is missing: name the images that "
                              + request.generator()
                              + " is to be compared with"));
    }
    DataPlace data = DataPlace.of(place);
    if (data.points().isPresent()) {
      throw new IllegalArgumentException(
          "the option data: images are compared with images, found " + data.absolute());
    }
    RunConfig sized = sized(shape);
    // As the run had them, where they fit: then they have been packed before.
    RunConfig config =
        ofRun.orElse(sized).with(RunOptions.EXAMPLES, null).with(RunOptions.LABELS, null);
    if (request.data() != null) {
      config = config.with(RunOptions.UNLABELLED, null);
    }
    FoundExamples train = TrainingExamples.find(config, data);
    if (!train.form().shape().equals(shape)) {
      config = sized.with(RunOptions.UNLABELLED, config.get(RunOptions.UNLABELLED));
      train = TrainingExamples.find(config, data);
    }
    Optional<FoundExamples> heldOut =
        request.heldOut() == null
            ? data.findHeldOut(config, false)
            : DataPlace.of(request.heldOut()).findHeldOut(sized, true);
    return new RealImages(data.absolute(), train, heldOut);
  }

  private static RunConfig sized(Shape shape) {
    if (shape.get(0) != shape.get(1)) {
      throw new IllegalArgumentException("square images are compared, found images of " + shape);
    }
    return RunConfig.DEFAULTS
        .with(RunOptions.IMAGE_SIZE, (long) shape.get(0))
        .with(RunOptions.CHANNELS, (long) shape.channels());
  }

  private static Optional<Run> runOf(Path named) throws IOException {
    Path generator = BestCheckpoint.resolve(named);
    if (!Files.isDirectory(generator)) {
      return Optional.empty();
    }
    return Run.isRun(generator) ? Optional.of(Run.open(generator)) : Run.holding(generator);
  }
}
