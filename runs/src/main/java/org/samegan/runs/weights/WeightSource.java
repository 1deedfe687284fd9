package org.samegan.runs.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.DataPlace;

/**
 * Weights that were trained before, from which a new run can start. Until a {@link Transfer} is
 * made use of, nothing is read but what says what they are.
 *
 * <pre>{@code
 * WeightSource source = WeightSource.at(Path.of("runs/first@best"));
 * RunConfig config = source.configForItsImages().with(RunOptions.DATA, "photos");
 * PreparedRun.of(config, source, false, System.err::println).create(Path.of("runs/second"));
 * }</pre>
 */
public sealed interface WeightSource permits CheckpointWeights, FileWeights {
  /**
   * What was read.
   *
   * @param arrays the variables' values by path, the reader's own
   * @param run the name of the run that they were trained in; null if that isn't known
   * @param step after which they were saved; null if that isn't known
   * @param sha256 of what they were read from
   */
  record Trained(Map<String, INDArray> arrays, String run, Long step, String sha256) {}

  /**
   * Finds weights, those of networks of which some variables may be of use.
   *
   * @param place a run's directory, for its latest checkpoint, {@code RUN@best}, a checkpoint's
   *     directory, or a safetensors file
   * @throws NoSuchFileException if there is none
   * @throws CheckpointException if the checkpoint can't be used
   * @throws IOException if it can't be read
   */
  static WeightSource at(Path place) throws IOException {
    Path found = BestCheckpoint.resolve(place);
    if (Files.isDirectory(found)) {
      return CheckpointWeights.at(place);
    }
    if (!Files.exists(found)) {
      throw new NoSuchFileException(
          place.toString(), null, "there is no such run, checkpoint or file of weights");
    }
    return FileWeights.at(place, null, false);
  }

  /**
   * A file whose every tensor is to be one of the new networks', by its name or order and shape.
   *
   * @param names from the file's names to ours, see {@link
   *     org.samegan.io.safetensors.WeightMatch#byTable}; null where it needs no table
   * @throws IOException if it can't be read
   */
  static WeightSource exactly(Path file, Map<String, String> names) throws IOException {
    return FileWeights.at(file, names, true);
  }

  /** What was named. */
  Path place();

  /** Of what the weights are; empty if that is not said. */
  Optional<Gan> model();

  /** What their run was asked, but for the places of its data. */
  RunConfig config();

  /** The file that says what the model is, and names it as a variant. */
  Path description();

  /** What users should know of it. */
  List<String> remarks();

  /**
   * Which of a GAN's variables start from these weights.
   *
   * @throws IllegalArgumentException if too little fits, with shapes
   * @throws IOException if the weights can't be those of the GAN, or can't be read
   */
  Transfer into(Gan gan) throws IOException;

  /** The same configuration, with images of the size and channels that the networks make. */
  default RunConfig configForItsImages() {
    RunConfig config = config();
    if (model().isEmpty() || ExampleKind.of(model().get().exampleShape()) == ExampleKind.POINTS) {
      return config;
    }
    Shape image = model().get().exampleShape();
    return config
        .with(RunOptions.IMAGE_SIZE, (long) image.get(0))
        .with(RunOptions.CHANNELS, (long) image.channels());
  }

  /**
   * Makes sure that a configuration's data is of the kind that the weights make.
   *
   * @throws IllegalArgumentException if these are images and those points, or the other way round
   */
  default void requireKind(RunConfig config) {
    String data = config.get(RunOptions.DATA);
    if (data == null || model().isEmpty()) {
      return;
    }
    ExampleKind own = ExampleKind.of(model().get().exampleShape());
    ExampleKind found = DataPlace.of(data).kind();
    if (own != found) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the weights in %s make %s, but the data is %s; choose data of %s, or other weights",
              place(),
              own.plural(),
              found.plural(),
              own.plural()));
    }
  }
}
