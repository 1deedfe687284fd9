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
import org.samegan.core.Shape;
import org.samegan.io.file.Sha256;
import org.samegan.io.json.Json;

/** SameDiff's FlatBuffers, with constants where a checkpoint's graphs have variables. */
final class SameDiffFormat implements ExportFormat {
  /**
   * What the manifest beside a file says.
   *
   * @param file the file's name
   * @param size in bytes
   * @param sha256 64 hexadecimal digits
   * @param inputs the placeholders
   * @param output the result
   * @param metadata see the package's description
   */
  private record GraphManifest(
      String file,
      long size,
      String sha256,
      List<Port> inputs,
      Port output,
      Map<String, String> metadata) {}

  private record Port(String name, List<Integer> shape) {
    static Port of(String name, Shape shape) {
      List<Integer> extents = new ArrayList<>(List.of(-1));
      extents.addAll(shape.dimensions());
      return new Port(name, extents);
    }
  }

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
    return Optional.of(
        Json.write(
            new GraphManifest(
                name,
                content.length,
                Sha256.hex(content),
                inputs(model),
                Port.of(model.which().output(), model.network().network().output()),
                model.metadata())));
  }

  private static List<Port> inputs(ExportModel model) {
    List<Port> inputs = new ArrayList<>();
    model.inputs().forEach((name, shape) -> inputs.add(Port.of(name, shape)));
    return inputs;
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
