package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.factory.Nd4j;

/** The kernels of a plan in order, and the constants that they read, which are the plan's own. */
final class KernelList {
  /** How ND4J passes {@link org.nd4j.enums.PadMode#CONSTANT} to its kernel. */
  static final int PAD_CONSTANT = 0;

  private final List<Kernel> kernels = new ArrayList<>();
  private final List<List<String>> scopes = new ArrayList<>();
  private final Map<String, Value> constants = new HashMap<>();
  private final List<INDArray> own = new ArrayList<>();
  private List<String> scopesNow = List.of();

  List<Kernel> kernels() {
    return kernels;
  }

  /** What each of them does. */
  List<PlannedCall> described() {
    List<PlannedCall> calls = new ArrayList<>();
    for (int i = 0; i < kernels.size(); i++) {
      calls.add(KernelWork.describe(kernels.get(i), scopes.get(i)));
    }
    return calls;
  }

  /** What is added from now on belongs to an op that reads variables of these scopes. */
  void reading(List<String> opScopes) {
    scopesNow = opScopes;
  }

  /** Arrays that nothing but these kernels uses, to be closed with them. */
  List<INDArray> ownArrays() {
    return own;
  }

  /** The value of an array that is closed with the kernels. */
  Value own(INDArray array) {
    own.add(array);
    return Value.bound(array);
  }

  static Value like(Value value) {
    return Value.planned(value.type(), value.shape());
  }

  void add(Kernel kernel) {
    kernels.add(kernel);
    scopes.add(scopesNow);
  }

  /** Adds an op with its own kernel. */
  void asItIs(
      DifferentialFunction op, List<Value> inputs, List<Value> outputs, boolean elementwise) {
    if (!(op instanceof DynamicCustomOp custom)) {
      add(new Kernel.Numbered((Op) op, inputs, outputs, elementwise));
    } else if (elementwise) {
      Collapsed flat = Collapsed.of(inputs, outputs.get(0));
      add(new Kernel.Custom(custom, flat.inputs(), List.of(flat.output()), true));
    } else {
      add(new Kernel.Custom(custom, inputs, outputs, false));
    }
  }

  /** Adds an elementwise op without arguments. */
  void each(String name, Value output, Value... inputs) {
    asItIs(DynamicCustomOp.builder(name).build(), List.of(inputs), List.of(output), true);
  }

  /** Adds a product of matrices, in whatever shapes their values are. */
  void matmul(Value y, Value a, long rows, long inner, Value b, long columns) {
    add(
        Kernel.Custom.named(
            "matmul",
            y.reshaped(new long[] {rows, columns}),
            a.reshaped(new long[] {rows, inner}),
            b.reshaped(new long[] {inner, columns})));
  }

  /** Adds zeros around a value: so many before and after it along every axis. */
  void pad(Value y, Value x, int[][] amounts) {
    DynamicCustomOp op =
        DynamicCustomOp.builder("pad")
            .addIntegerArguments(PAD_CONSTANT)
            .addFloatingPointArguments(0.0)
            .build();
    Value around =
        once("around " + Arrays.deepToString(amounts), () -> Nd4j.createFromArray(amounts));
    add(new Kernel.Custom(op, List.of(x, around), List.of(y), false));
  }

  /** Adds the part of a value that begins somewhere and has another's shape. */
  void slice(Value y, Value x, long[] begin) {
    int rank = begin.length;
    // Five masks that aren't used, where it begins, where it ends, and steps.
    int[] arguments = new int[5 + 3 * rank];
    for (int axis = 0; axis < rank; axis++) {
      arguments[5 + axis] = (int) begin[axis];
      arguments[5 + rank + axis] = (int) (begin[axis] + y.shape()[axis]);
      arguments[5 + 2 * rank + axis] = 1;
    }
    DynamicCustomOp op =
        DynamicCustomOp.builder("strided_slice").addIntegerArguments(arguments).build();
    add(new Kernel.Custom(op, List.of(x), List.of(y), false));
  }

  /** An array that is made once for each key. */
  Value once(String key, Supplier<INDArray> array) {
    return constants.computeIfAbsent(key, k -> own(array.get()));
  }

  /** A number. */
  Value constant(DataType type, double value) {
    return once(type + " " + value, () -> Nd4j.scalar(type, value));
  }

  /** A number, so many times. */
  Value row(DataType type, long count, double value) {
    return once(
        type + " " + value + " x " + count,
        () -> Nd4j.valueArrayOf(new long[] {count}, value, type));
  }
}
