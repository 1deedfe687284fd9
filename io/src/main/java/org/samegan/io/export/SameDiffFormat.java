package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.io.file.OffHeapFile;
import org.samegan.io.file.WholeFile;
import org.samegan.io.graph.GraphStream;
import org.samegan.io.json.ChecksummedJson;

/** SameDiff's FlatBuffers, with constants where a checkpoint's graphs have variables. */
final class SameDiffFormat implements ExportFormat {
  @Override
  public String name() {
    return "samediff";
  }

  @Override
  public WholeFile.Content content(ExportModel model) {
    return channel -> {
      try (InferenceGraph emitted = model.emit(model.network().folded())) {
        GraphStream.write(emitted.graph(), channel);
      }
    };
  }

  @Override
  public Optional<byte[]> manifest(ExportModel model, Written written) {
    List<GraphManifest.Port> inputs = new ArrayList<>();
    model.inputs().forEach((port, shape) -> inputs.add(GraphManifest.Port.of(port, shape)));
    return Optional.of(
        ChecksummedJson.write(
            new GraphManifest(
                GraphManifest.FORMAT,
                written.name(),
                written.size(),
                written.sha256(),
                inputs,
                GraphManifest.Port.of(model.which().output(), model.network().network().output()),
                model.metadata())));
  }

  @Override
  public Loaded load(ExportModel model, Path file) throws IOException {
    SameDiff graph;
    try (OffHeapFile content = OffHeapFile.read(file)) {
      graph = SameDiff.fromFlatBuffers(content.content(), false);
    }
    return new Loaded() {
      @Override
      public float[] run(Map<String, float[]> batch, int size) {
        Map<String, INDArray> inputs = new HashMap<>();
        model
            .inputs()
            .forEach(
                (name, shape) ->
                    inputs.put(
                        name,
                        Nd4j.createFromArray(batch.get(name)).reshape('c', shape.batch(size))));
        return graph.outputSingle(inputs, model.which().output()).dup('c').data().asFloat();
      }

      @Override
      public void close() {}
    };
  }
}
