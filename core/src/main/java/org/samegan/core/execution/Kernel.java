package org.samegan.core.execution;

import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** One native call on values. */
sealed interface Kernel {
  /** What it reads. */
  List<Value> inputs();

  /** What it writes, completely. */
  List<Value> outputs();

  /** Whether each output element depends only on the input elements at the same place. */
  boolean elementwise();

  /** Puts the call's arguments, other than arrays, into its context. */
  void configure(OpContext context);

  /** Runs the call. */
  void run(OpContext context);

  /** A custom op of the native library; its own array arguments are not used. */
  record Custom(DynamicCustomOp op, List<Value> inputs, List<Value> outputs, boolean elementwise)
      implements Kernel {
    static Custom named(String name, boolean elementwise, Value output, Value... inputs) {
      DynamicCustomOp op = DynamicCustomOp.builder(name).build();
      return new Custom(op, List.of(inputs), List.of(output), elementwise);
    }

    @Override
    public void configure(OpContext context) {
      context.setIArguments(op.iArgs());
      context.setTArguments(op.tArgs());
      context.setBArguments(op.bArgs());
      context.setDArguments(op.dArgs());
    }

    @Override
    public void run(OpContext context) {
      Nd4j.getExecutioner().exec(op, context);
    }
  }

  /** One of the native library's older ops, which it addresses by number. */
  record Numbered(Op op, List<Value> inputs, List<Value> outputs, boolean elementwise)
      implements Kernel {
    @Override
    public void configure(OpContext context) {
      // Such an op carries its arguments itself.
    }

    @Override
    public void run(OpContext context) {
      Nd4j.getExecutioner().exec(op, context);
    }
  }
}
