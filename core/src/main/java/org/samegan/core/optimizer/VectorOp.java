package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** A native op on fixed vectors, prepared once. */
final class VectorOp {
  private final DynamicCustomOp op;
  private final OpContext context = Nd4j.getExecutioner().buildContext();

  VectorOp(String name, List<INDArray> inputs, List<INDArray> outputs) {
    op = DynamicCustomOp.builder(name).build();
    for (int i = 0; i < inputs.size(); i++) {
      context.setInputArray(i, inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      context.setOutputArray(i, outputs.get(i));
    }
  }

  VectorOp withIntegers(long... arguments) {
    context.setIArguments(arguments);
    return this;
  }

  VectorOp withReals(double... arguments) {
    context.setTArguments(arguments);
    return this;
  }

  void run() {
    Nd4j.getExecutioner().exec(op, context);
  }
}
