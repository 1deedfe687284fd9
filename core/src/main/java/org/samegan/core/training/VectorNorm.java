package org.samegan.core.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;

/**
 * The Euclidean norm of a vector, computed without allocating as a product of the vector with
 * itself. One NaN or infinity makes it one.
 */
final class VectorNorm implements AutoCloseable {
  private final NativeCall product;
  private final INDArray square;

  VectorNorm(INDArray vector) {
    square = Nd4j.zeros(vector.dataType(), 1, 1);
    product =
        NativeCall.of(
            "matmul",
            List.of(vector.reshape(1, vector.length()), vector.reshape(vector.length(), 1)),
            List.of(square));
  }

  double compute() {
    product.run();
    return Math.sqrt(square.getDouble(0));
  }

  @Override
  public void close() {
    square.close();
  }
}
