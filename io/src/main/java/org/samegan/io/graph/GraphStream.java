package org.samegan.io.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.ArrayHolder;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.ArrayParts;

/**
 * Writes a SameDiff graph as SameDiff itself does, but for the place of the arrays.
 *
 * <p>SameDiff assembles a file in one array on the heap, which it doubles when that is full. Here
 * it assembles the graph with arrays of one value. In a FlatBuffers file a table leads to an
 * array's bytes by a distance forwards, so the real ones can follow at the end: each table gets the
 * real extents, strides and distance, and the bytes go from the array to the file in small parts.
 */
public final class GraphStream {
  /**
   * The most values that a file holds. FlatBuffers counts bytes in 31 bits; a part of that is left
   * for the graph.
   */
  public static final long MAXIMUM_FLOATS = ((1L << 31) - (1 << 25)) / Float.BYTES;

  private static final int GRAPH_VARIABLES = 1;
  private static final int VARIABLE_ARRAY = 4;
  private static final int ARRAY_SHAPE = 0;
  private static final int ARRAY_BUFFER = 1;
  private static final int ALIGNMENT = Long.BYTES;

  private final ByteBuffer structure;
  private final List<Trailer> trailers = new ArrayList<>();
  private long end;

  /** An array's bytes at the end: their length, and they. */
  private record Trailer(long at, INDArray array, ByteOrder order) {
    long size() {
      return array.length() * Float.BYTES;
    }
  }

  private GraphStream(ByteBuffer structure) {
    this.structure = structure;
    end = structure.limit();
  }

  /**
   * Writes a graph. The same graph gives the same bytes.
   *
   * @throws IllegalArgumentException if it has more than {@link #MAXIMUM_FLOATS} values, before
   *     anything is written
   */
  public static void write(SameDiff graph, WritableByteChannel channel) throws IOException {
    ArrayHolder variables = graph.getVariablesArrays();
    ArrayHolder constants = graph.getConstantArrays();
    try (HollowArrays hollowVariables = new HollowArrays(variables);
        HollowArrays hollowConstants = new HollowArrays(constants)) {
      graph.setArrayHolders(hollowVariables, hollowConstants, false);
      GraphStream stream;
      try {
        stream = new GraphStream(copy(graph.asFlatBuffers(false)));
      } finally {
        graph.setArrayHolders(variables, constants, false);
      }
      Map<String, INDArray> arrays = new LinkedHashMap<>(hollowVariables.keptBack());
      arrays.putAll(hollowConstants.keptBack());
      stream.fill(arrays);
      stream.writeTo(channel);
    }
  }

  /** Without the room in front of it that it was built in. */
  private static ByteBuffer copy(ByteBuffer built) {
    ByteBuffer copy = ByteBuffer.allocate(built.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return copy.put(built).flip();
  }

  private void fill(Map<String, INDArray> arrays) {
    FlatGraph graph = FlatGraph.getRootAsFlatGraph(structure.duplicate());
    FlatTable root = FlatTable.root(structure);
    for (int i = 0; i < graph.variablesLength(); i++) {
      FlatVariable variable = graph.variables(i);
      INDArray array = arrays.get(variable.name());
      if (array != null && variable.ndarray() != null) {
        FlatTable table = root.table(GRAPH_VARIABLES, i).table(VARIABLE_ARRAY);
        putShape(table.elements(ARRAY_SHAPE), array);
        long at = aligned(end + Integer.BYTES) - Integer.BYTES;
        ByteOrder order = FlatBuffersMapper.getOrderFromByte(variable.ndarray().byteOrder());
        Trailer trailer = new Trailer(at, array, order);
        trailers.add(trailer);
        end = at + Integer.BYTES + trailer.size();
        if (end > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "the graph's arrays exceed what a FlatBuffers file can hold, 2 GiB");
        }
        int place = table.place(ARRAY_BUFFER);
        structure.putInt(place, (int) (at - place));
      }
    }
  }

  private static long aligned(long at) {
    return (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Of ND4J's shape information, rank, extents, strides and more, what depends on the extents. */
  private void putShape(int place, INDArray array) {
    long[] strides = Nd4j.getStrides(array.shape(), 'c');
    int rank = array.rank();
    for (int axis = 0; axis < rank; axis++) {
      structure.putLong(place + (1 + axis) * Long.BYTES, array.size(axis));
      structure.putLong(place + (1 + rank + axis) * Long.BYTES, strides[axis]);
    }
  }

  private void writeTo(WritableByteChannel channel) throws IOException {
    writeFully(channel, structure);
    long written = structure.limit();
    for (Trailer trailer : trailers) {
      int gap = (int) (trailer.at() - written);
      ByteBuffer head = ByteBuffer.allocate(gap + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, head.putInt(gap, (int) trailer.size()));
      ArrayParts.read(
          trailer.array(),
          part -> {
            ByteBuffer bytes =
                ByteBuffer.allocate(part.remaining() * Float.BYTES).order(trailer.order());
            bytes.asFloatBuffer().put(part);
            writeFully(channel, bytes);
          });
      written = trailer.at() + Integer.BYTES + trailer.size();
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
