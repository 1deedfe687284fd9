package org.samegan.torch.execution;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A variable of a graph while it is compiled: a tensor in a register, or one number at all places,
 * which needs no memory.
 */
final class Value {
  private final int register;
  private final double number;
  private final long[] shape;
  private final DataType type;

  private Value(int register, double number, long[] shape, DataType type) {
    this.register = register;
    this.number = number;
    this.shape = shape;
    this.type = type;
  }

  static Value tensor(int register, long[] shape, DataType type) {
    return new Value(register, Double.NaN, shape, type);
  }

  static Value number(double number, long[] shape, DataType type) {
    return new Value(-1, number, shape, type);
  }

  /** Whether it is one number at all places. */
  boolean isNumber() {
    return register < 0;
  }

  /** The number at all places, if it is one. */
  double number() {
    return number;
  }

  /** Where the tensor is, if it is one. */
  int register() {
    return register;
  }

  long[] shape() {
    return shape;
  }

  DataType type() {
    return type;
  }

  boolean hasShape(long[] other) {
    return Arrays.equals(shape, other);
  }

  int rank() {
    return shape.length;
  }

  boolean isReal() {
    return type == DataType.FLOAT || type == DataType.DOUBLE;
  }
}
