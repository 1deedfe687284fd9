package org.samegan.io.onnx;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.samegan.core.Shape;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.io.file.DigestChannel;
import org.samegan.io.file.EmbeddedChecksum;

/**
 * A network as an ONNX model.
 *
 * @param network what it computes, folded: spectral normalisation has no form of its own in ONNX
 * @param input what it is fed
 * @param output the output's name; images are (batch, channels, height, width), everything else
 *     (batch, values)
 * @param metadata the model's properties, in this order; the file has one more, {@value #CHECKSUM}
 */
public record OnnxModel(
    FrozenNetwork network, ModelInput input, String output, Map<String, String> metadata) {
  /**
   * The last property's key: the SHA-256 of the file with 64 zeros in its digits' place, in
   * hexadecimal digits.
   */
  public static final String CHECKSUM = "samegan-sha256";

  /** The version of the operators. */
  public static final int OPSET = 17;

  /** The version of the format, that of ONNX 1.10 and later. */
  private static final int IR_VERSION = 8;

  private static final int BUFFER = 1 << 16;

  /** The output's shape in the model, without the batch, but with channels last. */
  Shape outputShape() {
    Shape shape = network.network().output();
    return ImageShapes.isImage(shape) && shape.elements() > shape.channels()
        ? shape
        : Shape.of(shape.elements());
  }

  /**
   * Writes the model's file. The same model gives the same bytes. The weights are outside the heap
   * until they are written.
   *
   * @param version of SameGAN, which the file names as its producer
   */
  public void write(String version, WritableByteChannel channel) throws IOException {
    try (OnnxGraph graph = new OnnxGraph(network.name())) {
      GraphProto emitted = emit(graph);
      ModelProto unsigned = model(emitted, version, EmbeddedChecksum.ZEROS);
      String digits = DigestChannel.of(sink -> write(unsigned, sink));
      write(model(emitted, version, digits), channel);
    }
  }

  private static void write(ModelProto model, WritableByteChannel channel) throws IOException {
    CodedOutputStream stream =
        CodedOutputStream.newInstance(Channels.newOutputStream(channel), BUFFER);
    model.writeTo(stream);
    stream.flush();
  }

  private GraphProto emit(OnnxGraph graph) {
    Value y = OnnxLayers.emit(graph, "", network, input.emit(graph));
    Shape shape = outputShape();
    if (!shape.equals(y.shape())) {
      String path = network.name() + "/" + output;
      String extents = graph.integers(path + "/shape", 0, shape.elements());
      y = new Value(graph.node("Reshape", path, List.of(y.name(), extents)), shape);
    }
    graph.output(y.name(), output, ImageShapes.extents(shape));
    return graph.build();
  }

  private ModelProto model(GraphProto graph, String version, String checksum) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("SameGAN")
            .setProducerVersion(version)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
    metadata.forEach((key, value) -> model.addMetadataProps(property(key, value)));
    // Nothing comes after it: a file has its fields in the order of their numbers.
    return model.addMetadataProps(property(CHECKSUM, checksum)).build();
  }

  private static StringStringEntryProto property(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
