package org.samegan.core.execution;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A row-major array in a backend's memory, or a {@link #view} of a part of one. What ops find in it
 * is what was written before they were called.
 */
public interface Tensor extends Resource {
  /** The type of its elements. */
  DataType type();

  /** Its shape; empty for a single number. */
  long[] shape();

  /** The number of elements. */
  long length();

  /**
   * A part of it under a shape of its own: what is written to one is seen in the other. Closing the
   * view leaves the memory, closing the whole ends the view too.
   *
   * @param offset of the first element, from 0
   * @throws IllegalArgumentException if the part reaches beyond the end
   */
  Tensor view(long offset, long... viewShape);

  /**
   * Room for all its values from the first on, to be written from Java and sent by {@link #flush};
   * for floats only. It is the same room at every call.
   */
  FloatBuffer floats();

  /** Makes what was written to {@link #floats} visible to ops. */
  void flush();

  /** Copies its first values, as ops left them, into a buffer's remaining room. */
  void read(FloatBuffer into);

  /**
   * Takes over the values of an array of ND4J's, of this length and type.
   *
   * @param values in any layout; the order of the elements is the row-major one
   */
  void assign(INDArray values);

  /** Takes over the values of another tensor of this backend, of the same type and shape. */
  void assign(Tensor values);

  /** Adds the values of another tensor of this backend, of the same type and shape. */
  void add(Tensor values);

  /** Multiplies its values by a number, rounded to their type. */
  void multiply(double factor);

  /**
   * Its values as an array of ND4J's: the tensor's own memory where that is ND4J's, so that later
   * steps change it, else a copy.
   */
  INDArray array();

  /** The only element of a tensor that holds one. */
  double get();

  /** Sets the only element of a tensor that holds one. */
  void set(double value);
}
