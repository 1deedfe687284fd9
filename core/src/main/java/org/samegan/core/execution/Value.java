package org.samegan.core.execution;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of a compiled plan: memory with a type and a shape. An alias is another shape of the
 * same memory.
 */
final class Value {
  private final DataType type;
  private final long[] shape;
  private final Value root;
  private INDArray bound;

  private Value(DataType type, long[] shape, Value root, INDArray bound) {
    this.type = type;
    this.shape = shape;
    this.root = root == null ? this : root;
    this.bound = bound;
  }

  /** An intermediate result, whose memory the plan finds. */
  static Value planned(DataType type, long[] shape) {
    return new Value(type, shape, null, null);
  }

  /** An array that exists, used in place. */
  static Value bound(INDArray array) {
    return new Value(array.dataType(), array.shape(), null, array);
  }

  /** The same memory under another shape with as many elements. */
  Value reshaped(long[] newShape) {
    return Arrays.equals(newShape, shape) ? this : new Value(type, newShape, root, null);
  }

  DataType type() {
    return type;
  }

  long[] shape() {
    return shape;
  }

  Value root() {
    return root;
  }

  /** Whether the memory belongs to the caller and not to the plan. */
  boolean isBound() {
    return root.bound != null;
  }

  /** Makes an intermediate result live in an array of the caller's. */
  void bindTo(INDArray array) {
    root.bound = array.reshape('c', root.shape);
  }

  long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  long bytes() {
    return elements() * type.width();
  }

  /** The array behind a bound value, in this value's shape. */
  INDArray boundArray() {
    return Arrays.equals(root.bound.shape(), shape) ? root.bound : root.bound.reshape('c', shape);
  }
}
