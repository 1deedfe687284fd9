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
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Variable;
import org.samegan.core.training.TrainingState;

/** Writes a checkpoint's files: the networks' graphs, what training needs besides, the manifest. */
final class CheckpointWriter {
  private CheckpointWriter() {}

  static void write(Path directory, Gan gan, TrainingState state) throws IOException {
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "a checkpoint is never overwritten; choose another name");
    }
    state.requireFinite();
    try (CheckpointDirectory partial = CheckpointDirectory.beside(directory)) {
      List<Manifest.FileEntry> files = new ArrayList<>();
      List<Manifest.GraphEntry> graphs = new ArrayList<>();
      for (GanNetwork network : GanNetwork.of(gan)) {
        // One at a time: a graph is a copy of its network.
        try (InferenceGraph graph = InferenceGraph.emit(gan, network, state.arrays())) {
          String file = Checkpoint.file(network);
          files.add(GraphFile.write(partial.path().resolve(file), graph.graph()));
          graphs.add(entry(file, network, gan));
        }
      }
      files.add(writeBesides(partial.path().resolve(Checkpoint.TRAINING_FILE), gan, state));
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

  private static Manifest.FileEntry writeBesides(Path file, Gan gan, TrainingState state)
      throws IOException {
    Set<String> inGraphs =
        Stream.concat(gan.generatorVariables().stream(), gan.discriminatorVariables().stream())
            .map(Variable::name)
            .collect(Collectors.toSet());
    Map<String, INDArray> besides = new LinkedHashMap<>(state.arrays());
    besides.keySet().removeAll(inGraphs);
    besides.replaceAll((path, array) -> array.dup('c'));
    SameDiff graph = SameDiff.create();
    // Its arrays as they are: by default SameDiff makes another copy of each.
    graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    try {
      besides.forEach(graph::var);
      return GraphFile.write(file, graph);
    } finally {
      besides.values().forEach(INDArray::close);
    }
  }

  private static Manifest.GraphEntry entry(String file, GanNetwork network, Gan gan) {
    Map<String, List<Long>> inputs = new LinkedHashMap<>();
    network.inputs(gan).forEach((name, shape) -> inputs.put(name, list(shape.batch(-1))));
    return new Manifest.GraphEntry(
        file, inputs, network.output(), list(network.layers(gan).output().batch(-1)));
  }

  private static List<Long> list(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
