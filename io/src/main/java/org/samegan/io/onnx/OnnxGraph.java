package org.samegan.io.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.UnsafeByteOperations;
import org.samegan.core.execution.ArrayParts;

/**
 * An ONNX graph in the making. A node and its only output have one name. Its constants lie outside
 * the heap; it is closed when what was built has been written.
 */
final class OnnxGraph implements AutoCloseable {
  private static final String BATCH = "batch";

  private final GraphProto.Builder graph;
  private final List<BytePointer> constants = new ArrayList<>();

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * Adds a node.
   *
   * @param operator such as {@code Conv}
   * @param inputs names of values; empty for an optional input that is left out
   * @return the name of its output
   */
  String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(Arrays.asList(attributes)));
    return name;
  }

  /** Adds a constant of these values in row-major order. */
  String constant(String name, float[] values, long... shape) {
    ByteBuffer bytes = bytes((long) values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(name, DataType.FLOAT, bytes, shape);
  }

  /** Adds a constant of an array's values and shape. */
  String constant(String name, INDArray array) {
    ByteBuffer bytes = bytes(array.length() * Float.BYTES);
    FloatBuffer floats = bytes.asFloatBuffer();
    ArrayParts.read(array, floats::put);
    return constant(name, DataType.FLOAT, bytes, array.shape());
  }

  /** Adds a vector of whole numbers. */
  String integers(String name, long... values) {
    ByteBuffer bytes = bytes((long) values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(name, DataType.INT64, bytes, values.length);
  }

  /** The format is little-endian on every machine. */
  private ByteBuffer bytes(long length) {
    BytePointer memory = new BytePointer(Math.max(1, Math.toIntExact(length)));
    constants.add(memory);
    return memory.asByteBuffer().slice(0, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String name, DataType type, ByteBuffer bytes, long... shape) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
    return name;
  }

  /** Declares an input of floats, of shape (batch, shape...). */
  String input(String name, long... shape) {
    graph.addInput(value(name, DataType.FLOAT, shape));
    return name;
  }

  /** Declares an input of one whole number for each example. */
  String integerInput(String name) {
    graph.addInput(value(name, DataType.INT64));
    return name;
  }

  /**
   * Makes a value of floats the graph's output.
   *
   * @param value its name so far; it must not have been used since it was added
   * @param name the output's
   * @param shape without the batch
   */
  void output(String value, String name, long... shape) {
    int last = graph.getNodeCount() - 1;
    if (last >= 0 && graph.getNode(last).getOutput(0).equals(value)) {
      graph.getNodeBuilder(last).setOutput(0, name);
    } else {
      node("Identity", name, List.of(value));
    }
    graph.addOutput(value(name, DataType.FLOAT, shape));
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam(BATCH);
    for (long extent : shape) {
      dimensions.addDimBuilder().setDimValue(extent);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** The graph, to be used until this is closed. */
  GraphProto build() {
    return graph.build();
  }

  @Override
  public void close() {
    constants.forEach(BytePointer::close);
  }
}
