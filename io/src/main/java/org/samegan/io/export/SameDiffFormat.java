package org.samegan.io.export;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.io.file.Sha256;
import org.samegan.io.json.ChecksummedJson;

/** SameDiff's FlatBuffers, with constants where a checkpoint's graphs have variables. */
final class SameDiffFormat implements ExportFormat {
  @Override
  public String name() {
    return "samediff";
  }

  @Override
  public byte[] encode(ExportModel model) {
    ByteBuffer content = model.emit(model.network().folded()).graph().asFlatBuffers(false);
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  @Override
  public Optional<byte[]> manifest(ExportModel model, String name, byte[] content) {
    List<GraphManifest.Port> inputs = new ArrayList<>();
    model.inputs().forEach((port, shape) -> inputs.add(GraphManifest.Port.of(port, shape)));
    return Optional.of(
        ChecksummedJson.write(
            new GraphManifest(
                GraphManifest.FORMAT,
                name,
                content.length,
                Sha256.hex(content),
                inputs,
                GraphManifest.Port.of(model.which().output(), model.network().network().output()),
                model.metadata())));
  }

  @Override
  public Loaded load(ExportModel model, Path file) {
    SameDiff graph = SameDiff.load(file.toFile(), false);
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
