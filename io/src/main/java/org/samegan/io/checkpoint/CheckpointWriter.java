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
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.TrainingState;

/** Writes a checkpoint's files: the networks' graphs, what training needs besides, the manifest. */
final class CheckpointWriter {
  private CheckpointWriter() {}

  static void write(Path directory, Gan gan, TrainingState state) throws IOException {
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
      files.add(
          GraphFile.write(
              partial.path().resolve(Checkpoint.TRAINING_FILE), besidesGraphs(gan, state)));
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
    graphs.put(Checkpoint.GENERATOR_FILE, InferenceGraph.emitGenerator(gan, arrays));
    graphs.put(Checkpoint.DISCRIMINATOR_FILE, InferenceGraph.emitDiscriminator(gan, arrays));
    if (gan.recognition() != null) {
      graphs.put(Checkpoint.RECOGNITION_FILE, InferenceGraph.emitRecognition(gan, arrays));
    }
    return graphs;
  }

  private static Manifest.GraphEntry entry(String file, InferenceGraph graph, Gan gan) {
    Network last =
        switch (file) {
          case Checkpoint.GENERATOR_FILE -> gan.generator();
          case Checkpoint.RECOGNITION_FILE -> gan.recognition().network();
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
}
