package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.Recipe;
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
  /** The generator's graph, weights included: their average where the recipe has one. */
  public static final String GENERATOR_FILE = "generator.fb";

  /** The discriminator's graph, weights included. */
  public static final String DISCRIMINATOR_FILE = "discriminator.fb";

  /** The recognition network's graph on the discriminator's first layers, where there is one. */
  public static final String RECOGNITION_FILE = "recognition.fb";

  /**
   * What training needs besides, as variables of a graph without ops: the optimizers' state
   * vectors, and the generator's raw weights where its graph has their average.
   */
  public static final String TRAINING_FILE = "training.fb";

  private final Path directory;
  private final Manifest manifest;

  private Checkpoint(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
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
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "a checkpoint is never overwritten; choose another name");
    }
    try (CheckpointDirectory partial = CheckpointDirectory.beside(directory)) {
      List<Manifest.FileEntry> files = new ArrayList<>();
      List<Manifest.GraphEntry> graphs = new ArrayList<>();
      for (Map.Entry<String, InferenceGraph> entry : graphs(gan, state.arrays()).entrySet()) {
        files.add(
            GraphFile.write(partial.path().resolve(entry.getKey()), entry.getValue().graph()));
        graphs.add(entry(entry.getKey(), entry.getValue(), gan));
      }
      files.add(GraphFile.write(partial.path().resolve(TRAINING_FILE), besidesGraphs(gan, state)));
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              Software.current(),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              state.progress(),
              gan,
              files,
              graphs);
      ManifestFile.write(partial.path().resolve(Manifest.FILE), manifest);
      partial.complete();
    } catch (IOException e) {
      throw CheckpointDirectory.couldNotWrite(directory.toAbsolutePath(), e);
    }
  }

  private static SameDiff besidesGraphs(Gan gan, TrainingState state) {
    Set<String> inGraphs =
        Stream.concat(gan.generatorVariables().stream(), gan.discriminatorVariables().stream())
            .map(Variable::name)
            .collect(Collectors.toSet());
    SameDiff graph = SameDiff.create();
    state
        .arrays()
        .forEach(
            (path, array) -> {
              if (!inGraphs.contains(path)) {
                graph.var(path, array.dup('c'));
              }
            });
    return graph;
  }

  /** The networks' graphs by file name. */
  private static Map<String, InferenceGraph> graphs(Gan gan, Map<String, INDArray> arrays) {
    Map<String, InferenceGraph> graphs = new LinkedHashMap<>();
    graphs.put(GENERATOR_FILE, InferenceGraph.emitGenerator(gan, arrays));
    graphs.put(DISCRIMINATOR_FILE, InferenceGraph.emitDiscriminator(gan, arrays));
    if (gan.recognition() != null) {
      graphs.put(RECOGNITION_FILE, InferenceGraph.emitRecognition(gan, arrays));
    }
    return graphs;
  }

  private static Manifest.GraphEntry entry(String file, InferenceGraph graph, Gan gan) {
    Network last =
        switch (file) {
          case GENERATOR_FILE -> gan.generator();
          case RECOGNITION_FILE -> gan.recognition().network();
          default -> gan.discriminator();
        };
    Map<String, List<Long>> inputs = new LinkedHashMap<>();
    for (String input : graph.inputs()) {
      inputs.put(input, list(graph.graph().getVariable(input).placeholderShape()));
    }
    return new Manifest.GraphEntry(file, inputs, graph.output(), list(last.output().batch(-1)));
  }

  private static List<Long> list(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /**
   * Refuses a model that is too large for the format, before anything is trained.
   *
   * @throws IllegalArgumentException if a file of its checkpoints would exceed what SameDiff can
   *     write
   */
  public static void requireStorable(Gan gan) {
    long generator = values(gan.generatorVariables());
    long discriminator = values(gan.discriminatorVariables());
    Recipe recipe = gan.recipe();
    long raw = recipe.generatorAverage().enabled() ? generator : 0;
    long besides =
        generator * recipe.generatorOptimizer().stateNames().size()
            + discriminator * recipe.discriminatorOptimizer().stateNames().size()
            + raw;
    long largest = Math.max(besides, Math.max(generator, discriminator));
    if (largest > GraphFile.MAXIMUM_FLOATS) {
      throw new IllegalArgumentException(
          String.format(
              "the model is too large to be saved: a file of its checkpoints would hold %d values,"
                  + " and SameDiff can write %d; use narrower layers, an optimizer with less"
                  + " state than Adam, or no average of the generator",
              largest, GraphFile.MAXIMUM_FLOATS));
    }
  }

  private static long values(List<Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().elements()).sum();
  }

  /**
   * Opens a checkpoint, after checking its version, that it is complete, and every checksum.
   *
   * @throws CheckpointException if it is damaged, incomplete or too new
   * @throws IOException if it can't be read
   */
  public static Checkpoint read(Path directory) throws IOException {
    Manifest manifest = ManifestFile.read(directory.resolve(Manifest.FILE));
    for (Manifest.FileEntry file : manifest.files()) {
      GraphFile.verify(directory, file);
    }
    return new Checkpoint(directory, manifest);
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

  private static String describe(Gan gan) {
    MovingAverage average = gan.recipe().generatorAverage();
    return String.format(
        "%s for %s with %d and %d values in its networks, %s (model %s)",
        gan.variant(),
        gan.exampleShape(),
        values(gan.generatorVariables()),
        values(gan.discriminatorVariables()),
        average.enabled() ? "the generator's averaged with decay " + average.decay() : "no average",
        Sha256.hex(Json.write(gan)).substring(0, 12));
  }

  /** The generator, for inference. */
  public SameDiff generator() {
    return GraphFile.read(directory.resolve(GENERATOR_FILE));
  }

  /** The state to restore a trainer from. */
  public TrainingState state() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Manifest.FileEntry file : manifest.files()) {
      arrays.putAll(values(file.name()));
    }
    return new TrainingState(manifest.progress(), arrays);
  }

  /**
   * The variables' values in one of the files, by path.
   *
   * @param file such as {@value #GENERATOR_FILE}
   */
  public Map<String, INDArray> values(String file) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (SDVariable variable : GraphFile.read(directory.resolve(file)).variables()) {
      if (variable.name().contains("/") && variable.getArr() != null) {
        values.put(variable.name(), variable.getArr());
      }
    }
    return values;
  }
}
