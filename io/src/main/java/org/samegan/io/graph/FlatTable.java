package org.samegan.io.graph;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A FlatBuffers table by the numbers of its fields: the generated classes can't say where one is.
 */
final class FlatTable extends Table {
  private FlatTable(ByteBuffer content, int at) {
    __reset(at, content);
  }

  static FlatTable root(ByteBuffer content) {
    ByteBuffer ordered = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(ordered, ordered.getInt(0));
  }

  /** Where a field is: a value, or the distance from there to a string, vector or table. */
  int place(int field) {
    int offset = __offset(2 * Short.BYTES + field * Short.BYTES);
    if (offset == 0) {
      throw new IllegalStateException("the table has no field " + field);
    }
    return bb_pos + offset;
  }

  /** The place of the first element of a vector. */
  int elements(int field) {
    return __indirect(place(field)) + Integer.BYTES;
  }

  FlatTable table(int field) {
    return new FlatTable(bb, __indirect(place(field)));
  }

  /** The i-th element of a vector of tables. */
  FlatTable table(int field, int i) {
    return new FlatTable(bb, __indirect(elements(field) + i * Integer.BYTES));
  }
}
