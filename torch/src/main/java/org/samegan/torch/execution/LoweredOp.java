package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/** What a rule sees of one op: its arguments, inputs and outputs, and where to emit to. */
final class LoweredOp {
  /** A variable that an op computes. */
  static final class Output {
    private final String name;
    private final long[] shape;
    private final DataType type;
    private final boolean needed;

    Output(String name, long[] shape, DataType type, boolean needed) {
      this.name = name;
      this.shape = shape;
      this.type = type;
      this.needed = needed;
    }

    String name() {
      return name;
    }

    /** Whether anything reads it. */
    boolean needed() {
      return needed;
    }
  }

  private final DifferentialFunction op;
  private final Emission emission;
  private final List<Value> inputs;
  private final List<INDArray> constants;
  private final List<Output> outputs;
  private final Value[] results;

  /**
   * For an op.
   *
   * @param constants for every input, its array if it is a constant, else null
   */
  LoweredOp(
      DifferentialFunction op,
      Emission emission,
      List<Value> inputs,
      List<INDArray> constants,
      List<Output> outputs) {
    this.op = op;
    this.emission = emission;
    this.inputs = inputs;
    this.constants = constants;
    this.outputs = outputs;
    results = new Value[outputs.size()];
  }

  DifferentialFunction op() {
    return op;
  }

  String name() {
    return op.opName();
  }

  Emission emission() {
    return emission;
  }

  int inputs() {
    return inputs.size();
  }

  Value input(int index) {
    return inputs.get(index);
  }

  /** The register of an input's tensor. */
  int tensor(int index) {
    return emission.tensor(inputs.get(index));
  }

  /** The array behind an input, which must be a constant of the graph's. */
  INDArray constant(int index) {
    require(constants.get(index) != null, "a computed input " + index, "a constant there");
    return constants.get(index);
  }

  /** The shape of the first output. */
  long[] shape() {
    return outputs.get(0).shape;
  }

  /** The type of the first output. */
  DataType type() {
    return outputs.get(0).type;
  }

  Output output(int index) {
    return outputs.get(index);
  }

  /** The integers among its arguments. */
  long[] integers() {
    return op instanceof DynamicCustomOp custom ? custom.iArgs() : new long[0];
  }

  /** The real numbers among its arguments. */
  double[] reals() {
    return op instanceof DynamicCustomOp custom ? custom.tArgs() : new double[0];
  }

  /** The number that an op between an array and a number has. */
  double scalar() {
    require(
        op instanceof ScalarOp scalar && scalar.scalar() != null,
        "its number as an array",
        "its number as an argument");
    return ((ScalarOp) op).scalar().getDouble(0);
  }

  /** The result is in a register. */
  void set(int register) {
    set(0, register);
  }

  /** A result is in a register. */
  void set(int output, int register) {
    Output to = outputs.get(output);
    emission.expect(register, to.name, to.shape);
    results[output] = Value.tensor(register, to.shape, to.type);
  }

  /** The first result is a value that is there already, or emitted when it is asked for. */
  void set(Value value) {
    results[0] = value;
  }

  /** What has been set; null for outputs that are not needed. */
  Value result(int output) {
    return results[output];
  }

  /** Refuses another number of inputs. */
  void requireInputs(int count) {
    require(inputs.size() == count, inputs.size() + " inputs", count + " of them");
  }

  /**
   * Refuses what the rule would compute wrong.
   *
   * @param found the argument and its value
   * @param supported what the rule knows
   */
  void require(boolean handled, String found, String supported) {
    if (!handled) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "op '%s' of '%s' has %s, with which libtorch can't compute it here; supported: %s",
              name(),
              outputs.get(0).name(),
              found,
              supported));
    }
  }

  /** Refuses inputs and results of other types than floats or doubles, all of one. */
  void requireReal() {
    for (Value input : inputs) {
      require(
          input.isReal() && input.type() == type(),
          "an input of " + input.type() + " and a result of " + type(),
          "FLOAT or DOUBLE, the same for all");
    }
  }

  /** Its arguments, for messages. */
  String arguments() {
    return Arrays.toString(integers()) + " and " + Arrays.toString(reals());
  }
}
