package org.samegan.io.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunConfigReader;
import org.samegan.io.run.RunOptions;

/**
 * A GAN's weights as a safetensors file for PyTorch: every variable of every network under its
 * {@link TorchTensor} name, and in {@code __metadata__} the model, the step, the configuration of
 * the run but for the place of its data, and a checksum.
 */
public final class WeightsFile {
  private static final String MODEL = "samegan.model";
  private static final String CONFIG = "samegan.config";
  private static final String VERSION = "samegan.version";
  private static final String STEP = "samegan.step";
  private static final String WEIGHTS = "samegan.generator-weights";

  /** All keys of the metadata that we write, in order. */
  static final List<String> KEYS =
      List.of("format", VERSION, STEP, WEIGHTS, MODEL, CONFIG, SafetensorsFile.CHECKSUM);

  private WeightsFile() {}

  /**
   * Writes a checkpoint's weights. The generator's are those that the checkpoint's has: their
   * average where the recipe has one, unless it is a checkpoint {@linkplain
   * Checkpoint#withRawGenerator with the raw ones}.
   *
   * @param config of the checkpoint's run; null if it has none
   * @throws IOException if the file can't be written; one that was there is unchanged then
   */
  public static void write(Path file, Checkpoint checkpoint, RunConfig config) throws IOException {
    write(file, checkpoint, config, arrays(checkpoint), written -> {});
  }

  /**
   * Writes a checkpoint's weights, and reads them back before the file gets its name.
   *
   * @param config of the checkpoint's run; null if it has none
   * @throws SafetensorsException if what is on disk is damaged or differs by a bit
   * @throws WeightMismatchException if it lacks a tensor
   * @throws IOException if the file can't be written; one that was there is unchanged then
   */
  public static void writeVerified(Path file, Checkpoint checkpoint, RunConfig config)
      throws IOException {
    // Read once: while the file is written, a run in training may delete the checkpoint.
    Map<String, INDArray> arrays = arrays(checkpoint);
    write(file, checkpoint, config, arrays, written -> verify(written, checkpoint.gan(), arrays));
  }

  private static void write(
      Path file,
      Checkpoint checkpoint,
      RunConfig config,
      Map<String, INDArray> arrays,
      WholeFile.Check check)
      throws IOException {
    List<SafetensorsWriter.Tensor> tensors =
        TorchTensor.of(checkpoint.gan()).stream().map(tensor -> tensor.written(arrays)).toList();
    SafetensorsWriter.write(file, metadata(checkpoint, config), tensors, check);
  }

  /**
   * Compares a file with what it was written from, to the bit.
   *
   * @param arrays the checkpoint's, as {@link #arrays} has them
   * @throws SafetensorsException if it is damaged or something differs
   * @throws WeightMismatchException if a tensor is missing or left over
   */
  static void verify(Path file, Gan gan, Map<String, INDArray> arrays) throws IOException {
    SafetensorsFile written = SafetensorsFile.read(file);
    WeightMatch match = WeightMatch.byName(written, gan);
    if (!match.absent().isEmpty()) {
      throw WeightMatch.mismatch(written, List.of("missing " + match.absent()));
    }
    for (WeightMatch.Pair pair : match.pairs()) {
      try (INDArray expected = pair.tensor().values(arrays)) {
        if (!written.holds(pair.entry(), expected)) {
          throw new SafetensorsException(
              file,
              written.offset(pair.entry()),
              "'" + pair.entry().name() + "' differs from the checkpoint's; export it again");
        }
      }
    }
  }

  /** All variables' values; the generator's are those that it draws from. */
  static Map<String, INDArray> arrays(Checkpoint checkpoint) throws IOException {
    Map<String, INDArray> arrays = new HashMap<>(checkpoint.state().arrays());
    arrays.putAll(checkpoint.values(GanNetwork.GENERATOR));
    return arrays;
  }

  private static Map<String, String> metadata(Checkpoint checkpoint, RunConfig config) {
    Map<String, String> metadata = new LinkedHashMap<>();
    // What libraries on top of safetensors look for: tensors laid out for PyTorch.
    metadata.put("format", "pt");
    metadata.put(VERSION, Software.current().samegan());
    metadata.put(STEP, String.valueOf(checkpoint.manifest().progress().step()));
    checkpoint.generatorWeights().ifPresent(w -> metadata.put(WEIGHTS, w));
    metadata.put(MODEL, Json.line(checkpoint.gan()));
    if (config != null) {
      metadata.put(CONFIG, Json.line(withoutPlaces(config)));
    }
    return metadata;
  }

  /** Where something was on the machine of the run is nobody else's business. */
  private static RunConfig withoutPlaces(RunConfig config) {
    String variant = config.get(RunOptions.VARIANT);
    return config
        .with(RunOptions.DATA, null)
        .with(RunOptions.HELD_OUT, null)
        .with(
            RunOptions.VARIANT, variant == null ? null : Path.of(variant).getFileName().toString());
  }

  /** A model and its variables' values by path. */
  public record Weights(Gan gan, Map<String, INDArray> arrays) {}

  /**
   * The generator of a file that we wrote, with its model.
   *
   * @throws SafetensorsException if the file is damaged
   * @throws UnusableFileException if it has no model, or one that this version can't read
   * @throws WeightMismatchException if it hasn't the model's tensors, or not those of the generator
   */
  public static Weights generator(Path path) throws IOException {
    SafetensorsFile file = SafetensorsFile.read(path);
    Gan gan = model(file);
    WeightMatch match = WeightMatch.byName(file, gan);
    if (match.absent().contains(GanNetwork.GENERATOR.label())) {
      throw WeightMatch.mismatch(file, List.of("missing " + match.absent()));
    }
    return new Weights(gan, match.arrays(file));
  }

  /** Whether the file says of what model its weights are. */
  public static boolean hasModel(SafetensorsFile file) {
    return file.metadata().containsKey(MODEL);
  }

  /**
   * The model whose weights these are.
   *
   * @throws UnusableFileException if it says none, or one that this version can't read
   */
  public static Gan model(SafetensorsFile file) throws IOException {
    String text = file.metadata().get(MODEL);
    try {
      if (text != null) {
        return Json.value(Json.tree(text.getBytes(StandardCharsets.UTF_8)), Gan.class);
      }
      throw unusable(file, "none", null);
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getOriginalMessage(), e);
    }
  }

  private static UnusableFileException unusable(
      SafetensorsFile file, String found, Exception cause) {
    return new UnusableFileException(
        file.path(),
        "metadata",
        "the model under " + MODEL,
        found,
        "import weights from elsewhere into a run first",
        cause);
  }

  /** After which step the weights were saved, if we wrote the file. */
  public static Optional<Long> step(SafetensorsFile file) {
    String text = file.metadata().get(STEP);
    return text == null || !text.matches("\\d{1,18}")
        ? Optional.empty()
        : Optional.of(Long.valueOf(text));
  }

  /**
   * The configuration of the run whose weights these are, if we wrote the file.
   *
   * @throws IOException if it is no configuration
   */
  public static Optional<RunConfig> config(SafetensorsFile file) throws IOException {
    String text = file.metadata().get(CONFIG);
    return text == null
        ? Optional.empty()
        : Optional.of(RunConfigReader.read(file.path(), text.getBytes(StandardCharsets.UTF_8)));
  }
}
