package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A variable of a graph while it is compiled: a tensor in a register, or one number at all places,
 * which needs no memory. Images of which perhaps only an inner part is wanted, or which are another
 * value with zeros around it, are emitted when they are asked for, in the form in which they are.
 */
final class Value {
  private static final int NOT_YET = -1;

  private final double number;
  private final long[] shape;
  private final DataType type;
  private final Value inner;
  private final Margins around;
  private final ToIntFunction<Margins> without;
  private int register;

  private Value(
      int register,
      double number,
      long[] shape,
      DataType type,
      Value inner,
      Margins around,
      ToIntFunction<Margins> without) {
    this.register = register;
    this.number = number;
    this.shape = shape;
    this.type = type;
    this.inner = inner;
    this.around = around;
    this.without = without;
  }

  static Value tensor(int register, long[] shape, DataType type) {
    return new Value(register, Double.NaN, shape, type, null, Margins.NONE, null);
  }

  static Value number(double number, long[] shape, DataType type) {
    return new Value(NOT_YET, number, shape, type, null, Margins.NONE, null);
  }

  /** Images with zeros around them. */
  static Value padded(Emission emission, Value inner, Margins around, long[] shape) {
    return new Value(
        NOT_YET,
        Double.NaN,
        shape,
        inner.type,
        inner,
        around,
        ignored -> around.around(emission, emission.tensor(inner)));
  }

  /**
   * Images that can be computed without their margins.
   *
   * @param without emits what is left without those
   */
  static Value cuttable(long[] shape, DataType type, ToIntFunction<Margins> without) {
    Map<Margins, Integer> emitted = new HashMap<>();
    return new Value(
        NOT_YET,
        Double.NaN,
        shape,
        type,
        null,
        Margins.NONE,
        margins -> emitted.computeIfAbsent(margins, without::applyAsInt));
  }

  /** Whether it is one number at all places. */
  boolean isNumber() {
    return !Double.isNaN(number);
  }

  /** The number at all places, if it is one. */
  double number() {
    return number;
  }

  /** Where the tensor is, if it is one. */
  int register() {
    if (register == NOT_YET) {
      register = without.applyAsInt(Margins.NONE);
    }
    return register;
  }

  /** The zeros around {@link #inner}; none where it is not such a value. */
  Margins around() {
    return around;
  }

  /** What has zeros around it, or this itself. */
  Value inner() {
    return inner == null ? this : inner;
  }

  /** Whether a part of it can be had without the whole. */
  boolean isCuttable() {
    return without != null && inner == null && register == NOT_YET;
  }

  /** Where the tensor without some margins is, if it is {@link #isCuttable cuttable}. */
  int without(Margins margins) {
    return without.applyAsInt(margins);
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
