package org.samegan.io.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.graph.DType;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatVariable;
import org.nd4j.graph.VarType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.execution.ArrayParts;

/**
 * Reads the variables' values from SameDiff's FlatBuffers files, and nothing else.
 *
 * <p>SameDiff's own reader trusts a file: it takes strides and op arguments from it into native
 * memory, and a changed one kills the process. Here every offset is checked by the buffer, every
 * array's extents against its bytes, and all arrays together against the file's size, so that the
 * worst a file can do is to be refused.
 */
final class GraphArrays {
  static {
    CpuBinary.select();
  }

  private static final int MAXIMUM_RANK = 8;
  private static final int MAXIMUM_NAME = 1024;

  private final Path file;
  private final ByteBuffer content;
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();
  private long room;

  private GraphArrays(Path file, ByteBuffer content) {
    this.file = file;
    this.content = content;
    room = content.limit();
  }

  /**
   * The values of all variables, by name.
   *
   * @param file for messages
   * @param content of the file
   * @throws CheckpointException.Corrupt if the file is none of SameDiff's, or has other arrays than
   *     floats in row-major order
   */
  static Map<String, INDArray> of(Path file, ByteBuffer content) throws CheckpointException {
    return new GraphArrays(file, content).read();
  }

  private Map<String, INDArray> read() throws CheckpointException {
    try {
      FlatGraph graph = FlatGraph.getRootAsFlatGraph(content);
      int count = graph.variablesLength();
      require("number of variables", "at most the file's size", count <= room / 4, count);
      for (int i = 0; i < count; i++) {
        FlatVariable variable = graph.variables(i);
        if (variable.variabletype() == VarType.VARIABLE && variable.ndarray() != null) {
          String name = name(variable, i);
          require("variable " + i, "a name of its own", !arrays.containsKey(name), name);
          arrays.put(name, array(name, variable.ndarray()));
        }
      }
      return arrays;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      // An offset or a length that leads out of the buffer, or a table that is not there.
      throw corrupt("FlatBuffers structure", "a graph", e.toString(), e);
    }
  }

  private String name(FlatVariable variable, int i) throws CheckpointException {
    ByteBuffer bytes = variable.nameAsByteBuffer();
    require("variable " + i, "a name", bytes != null && bytes.remaining() <= MAXIMUM_NAME, "none");
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** The shape is ND4J's shape information: rank, extents, strides, extras, stride, order. */
  private INDArray array(String name, FlatArray array) throws CheckpointException {
    String what = "variable '" + name + "'";
    require(what, "floats", array.dtype() == DType.FLOAT, "type " + array.dtype());
    int length = array.shapeLength();
    long rank = length == 0 ? -1 : array.shape(0);
    boolean known = rank >= 1 && rank <= MAXIMUM_RANK && length == 2 * rank + 4;
    require(what, "a shape", known, "rank " + rank + " in " + length + " values");
    require(what, "row-major order", array.shape(length - 1) == 'c', array.shape(length - 1));
    ByteBuffer bytes = array.bufferAsByteBuffer();
    long size = bytes == null ? 0 : bytes.remaining();
    long[] shape = new long[(int) rank];
    long elements = 1;
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = array.shape(1 + axis);
      boolean fits = shape[axis] >= 1 && shape[axis] <= size / Float.BYTES / elements;
      require(what, "extents that fit " + size + " bytes", fits, shape[axis]);
      elements *= shape[axis];
    }
    require(what, elements * Float.BYTES + " bytes", size == elements * Float.BYTES, size);
    room -= size;
    require(what, "an array of its own", room >= 0, "one that overlaps others");
    FloatBuffer floats =
        bytes.order(FlatBuffersMapper.getOrderFromByte(array.byteOrder())).asFloatBuffer();
    return ArrayParts.create(
        part -> {
          int count = part.remaining();
          part.put(floats.slice(floats.position(), count));
          floats.position(floats.position() + count);
        },
        shape);
  }

  private void require(String what, String expected, boolean holds, Object found)
      throws CheckpointException {
    if (!holds) {
      throw corrupt(what, expected, String.valueOf(found), null);
    }
  }

  private CheckpointException corrupt(
      String what, String expected, String found, RuntimeException cause) {
    return new CheckpointException.Corrupt(file, what, expected, found, cause);
  }
}
