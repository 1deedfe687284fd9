package org.samegan.core.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums a vector without allocating, as a product with a vector of ones: the cheapest look at every
 * value there is. One NaN or infinity makes the sum one.
 */
final class GradientCheck {
  private final DynamicCustomOp op = DynamicCustomOp.builder("matmul").build();
  private final OpContext context = Nd4j.getExecutioner().buildContext();
  private final INDArray sum;

  GradientCheck(INDArray vector) {
    sum = Nd4j.zeros(vector.dataType(), 1, 1);
    context.setInputArray(0, vector.reshape(1, vector.length()));
    context.setInputArray(1, Nd4j.ones(vector.dataType(), vector.length(), 1));
    context.setOutputArray(0, sum);
  }

  double sum() {
    Nd4j.getExecutioner().exec(op, context);
    return sum.getDouble(0);
  }
}
