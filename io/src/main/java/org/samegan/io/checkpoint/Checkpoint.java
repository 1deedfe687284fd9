package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.layer.Variable;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.training.RawVector;
import org.samegan.core.training.TrainingState;
import org.samegan.io.file.Sha256;
import org.samegan.io.json.Json;

/**
 * A training state on disk: a directory that is whole or absent, with both networks as inference
 * graphs that plain SameDiff loads, what training needs besides, and a manifest with everybody's
 * checksum.
 *
 * <pre>{@code
 * Checkpoint.write(Path.of("checkpoint"), gan, trainer.state());
 * trainer.restore(Checkpoint.read(Path.of("checkpoint")).state());
 * }</pre>
 */
public final class Checkpoint {
  /**
   * What training needs besides, as variables of a graph without ops: the optimizers' state
   * vectors, and the generator's raw weights where its graph has their average.
   */
  public static final String TRAINING_FILE = "training.fb";

  private final Path directory;
  private final Manifest manifest;
  private final boolean rawGenerator;

  private Checkpoint(Path directory, Manifest manifest, boolean rawGenerator) {
    this.directory = directory;
    this.manifest = manifest;
    this.rawGenerator = rawGenerator;
  }

  /**
   * Writes a checkpoint under a temporary name beside its own, and renames it last.
   *
   * @param directory the checkpoint's place, which must not exist
   * @param gan what is trained
   * @param state as the trainer gives it
   * @throws IOException if it can't be written; nothing is left behind then
   */
  public static void write(Path directory, Gan gan, TrainingState state) throws IOException {
    CheckpointWriter.write(directory, gan, state);
  }

  private static long values(List<Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().elements()).sum();
  }

  /** Whether a directory holds a checkpoint, whole or damaged. */
  public static boolean isAt(Path directory) {
    return Files.isRegularFile(directory.resolve(Manifest.FILE));
  }

  /**
   * Opens a checkpoint, after checking its manifest and that all files are there with their sizes.
   * A file's checksum is checked when its values are taken.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws CheckpointException if it is damaged, incomplete or too new
   * @throws IOException if it can't be read
   */
  public static Checkpoint read(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      // Commands take a run or a checkpoint, and what isn't there is neither.
      throw new NoSuchFileException(
          directory.toString(), null, "there is no such run or checkpoint");
    }
    Manifest manifest = ManifestFile.read(directory.resolve(Manifest.FILE));
    requireFiles(directory, manifest);
    for (Manifest.FileEntry file : manifest.files()) {
      GraphFile.requirePresent(directory, file);
    }
    return new Checkpoint(directory, manifest, false);
  }

  /**
   * Checks every file's checksum.
   *
   * @throws CheckpointException if one is damaged or missing
   * @throws IOException if one can't be read
   */
  public void verify() throws IOException {
    for (Manifest.FileEntry file : manifest.files()) {
      GraphFile.verify(directory, file);
    }
  }

  /** The file that holds a network's graph, weights included. */
  static String file(GanNetwork network) {
    return network.label() + ".fb";
  }

  /** A manifest that lists other files than its model's must not make them be read. */
  private static void requireFiles(Path directory, Manifest manifest) throws CheckpointException {
    List<String> expected =
        new ArrayList<>(GanNetwork.of(manifest.model()).stream().map(Checkpoint::file).toList());
    expected.add(TRAINING_FILE);
    List<String> found = manifest.files().stream().map(Manifest.FileEntry::name).toList();
    if (!found.equals(expected)) {
      throw new CheckpointException.Corrupt(
          directory.resolve(Manifest.FILE),
          "files",
          String.valueOf(expected),
          String.valueOf(found),
          null);
    }
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** What its manifest says. */
  public Manifest manifest() {
    return manifest;
  }

  /** What is trained. */
  public Gan gan() {
    return manifest.model();
  }

  /**
   * Makes sure that the checkpoint is of a certain model.
   *
   * @throws CheckpointException.OtherModel if not
   */
  public void requireModel(Gan gan) throws CheckpointException {
    if (!gan().equals(gan)) {
      throw new CheckpointException.OtherModel(directory, describe(gan), describe(gan()));
    }
  }

  /**
   * Makes sure that its directory has a name.
   *
   * @throws CheckpointException.Misnamed if it has another
   */
  public void requireName(String name) throws CheckpointException {
    String found = directory.getFileName().toString();
    if (!found.equals(name)) {
      throw new CheckpointException.Misnamed(directory, name, found);
    }
  }

  private static String describe(Gan gan) {
    MovingAverage average = gan.recipe().generatorAverage();
    return String.format(
        Locale.ROOT,
        "%s for %s with %d and %d values in its networks, %s (model %s)",
        gan.variant(),
        gan.exampleShape(),
        values(gan.generatorVariables()),
        values(gan.discriminatorVariables()),
        average.enabled()
            ? "the generator's averaged with decay " + average.decay().text()
            : "no average",
        Sha256.hex(Json.write(gan)).substring(0, 12));
  }

  /**
   * The same checkpoint, with a generator whose weights are those that training moves, in place of
   * their average. Without an average these are the weights that it has; the {@link #state} has
   * both in any case.
   */
  public Checkpoint withRawGenerator() {
    return new Checkpoint(directory, manifest, true);
  }

  /**
   * Which weights the generator has: {@code average}, or {@code raw} after {@link
   * #withRawGenerator}; empty where the recipe has no average.
   */
  public Optional<String> generatorWeights() {
    return gan().recipe().generatorAverage().enabled()
        ? Optional.of(rawGenerator ? "raw" : "average")
        : Optional.empty();
  }

  /**
   * The file that a network's values are from: the generator's raw weights lie in {@value
   * #TRAINING_FILE}.
   */
  public Manifest.FileEntry source(GanNetwork network) {
    boolean raw = network == GanNetwork.GENERATOR && rawGenerator && generatorWeights().isPresent();
    return entry(raw ? TRAINING_FILE : file(network));
  }

  private Manifest.FileEntry entry(String name) {
    return manifest.files().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The values of all variables that a network computes with, by path.
   *
   * @throws IllegalArgumentException if the model has no such network
   * @throws CheckpointException.Corrupt if the file is damaged, or they are not the network's
   */
  public Map<String, INDArray> values(GanNetwork network) throws IOException {
    network.requireIn(gan());
    Manifest.FileEntry source = source(network);
    Map<String, INDArray> values = read(source);
    if (!source.name().equals(TRAINING_FILE)) {
      return values;
    }
    Map<String, INDArray> raw = new LinkedHashMap<>();
    for (RawVector vector : RawVector.of(gan())) {
      raw.putAll(vector.split(values.get(vector.path())));
    }
    values.values().forEach(INDArray::close);
    return raw;
  }

  /**
   * The generator, ready to compute: the manifest's network with the file's values. The ops in the
   * file, which are for others to run, are not read.
   *
   * @throws CheckpointException.Corrupt if the file is damaged, or the values are not the network's
   */
  public CompiledGenerator generator() throws IOException {
    return generator(Backend.nd4j());
  }

  /**
   * The same on a device of one's choice.
   *
   * @param backend what computes; it stays the caller's
   */
  public CompiledGenerator generator(Backend backend) throws IOException {
    Map<String, INDArray> values = values(GanNetwork.GENERATOR);
    CompiledGenerator generator = CompiledGenerator.of(gan(), values, backend);
    values.values().forEach(INDArray::close);
    return generator;
  }

  /**
   * The state to restore a trainer from.
   *
   * @throws CheckpointException.Corrupt if a file is damaged, or its values are not its network's
   */
  public TrainingState state() throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Manifest.FileEntry file : manifest.files()) {
      arrays.putAll(read(file));
    }
    return new TrainingState(manifest.progress(), arrays);
  }

  private Map<String, INDArray> read(Manifest.FileEntry file) throws IOException {
    Map<String, INDArray> values = GraphFile.read(directory, file);
    for (Map.Entry<String, List<Long>> expected : shapes(file.name()).entrySet()) {
      INDArray found = values.get(expected.getKey());
      List<Long> shape = found == null ? null : Arrays.stream(found.shape()).boxed().toList();
      if (!expected.getValue().equals(shape)) {
        throw new CheckpointException.Corrupt(
            directory.resolve(file.name()),
            "variable '" + expected.getKey() + "'",
            "shape " + expected.getValue(),
            shape == null ? "no such variable" : "shape " + shape,
            null);
      }
    }
    return values;
  }

  /** The variables that a file must have. A trainer knows those of its optimizers' state. */
  private Map<String, List<Long>> shapes(String file) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    if (file.equals(TRAINING_FILE)) {
      RawVector.of(gan()).forEach(vector -> shapes.put(vector.path(), List.of(vector.length())));
    }
    for (GanNetwork network : GanNetwork.of(gan())) {
      if (file.equals(file(network))) {
        for (GanNetwork.Part part : network.parts(gan())) {
          for (Variable variable : part.variables()) {
            List<Integer> extents = variable.shape().dimensions();
            shapes.put(variable.name(), extents.stream().map(Integer::longValue).toList());
          }
        }
      }
    }
    return shapes;
  }
}
