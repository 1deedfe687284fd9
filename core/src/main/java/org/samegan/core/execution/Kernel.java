package org.samegan.core.execution;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.samegan.core.graph.Reduction;

/** One native call on values. */
sealed interface Kernel {
  /** What it reads. */
  List<Value> inputs();

  /** What it writes, completely. */
  List<Value> outputs();

  /** Whether each output element depends only on the input elements at the same place. */
  boolean elementwise();

  /** The op's name. */
  String name();

  /** Prepares the call on the arrays that the values have been given. */
  NativeCall on(List<INDArray> inputArrays, List<INDArray> outputArrays);

  /** A custom op of the native library; its own array arguments are not used. */
  record Custom(DynamicCustomOp op, List<Value> inputs, List<Value> outputs, boolean elementwise)
      implements Kernel {
    static Custom named(String name, Value output, Value... inputs) {
      DynamicCustomOp op = DynamicCustomOp.builder(name).build();
      return new Custom(op, List.of(inputs), List.of(output), false);
    }

    /** max(x, cutoff); unlike the op {@code maximum} it keeps a NaN. */
    static Custom relu(Value y, Value x, double cutoff) {
      DynamicCustomOp op =
          DynamicCustomOp.builder("relu").addFloatingPointArguments(cutoff).build();
      return new Custom(op, List.of(x), List.of(y), true);
    }

    /** A reduction by its name, such as {@code reduce_max}. */
    static Custom reducing(String name, Reduction reduction, Value y, Value x) {
      DynamicCustomOp op =
          DynamicCustomOp.builder(name)
              .addIntegerArguments(reduction.axes())
              .addBooleanArguments(reduction.keepsDimensions())
              .build();
      return new Custom(op, List.of(x), List.of(y), false);
    }

    @Override
    public String name() {
      return op.opName();
    }

    @Override
    public NativeCall on(List<INDArray> inputArrays, List<INDArray> outputArrays) {
      return NativeCall.of(op, inputArrays, outputArrays);
    }
  }

  /** One of the native library's older ops, which it addresses by number. */
  record Numbered(Op op, List<Value> inputs, List<Value> outputs, boolean elementwise)
      implements Kernel {
    @Override
    public String name() {
      return op.opName();
    }

    @Override
    public NativeCall on(List<INDArray> inputArrays, List<INDArray> outputArrays) {
      return NativeCall.of(op, inputArrays, outputArrays);
    }
  }
}
