package org.samegan.core.backend;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;

/** Computed as a product of the vector with itself. */
final class Nd4jNorm implements Norm {
  private final NativeCall product;
  private final INDArray square;

  Nd4jNorm(INDArray vector) {
    square = Nd4j.zeros(vector.dataType(), 1, 1);
    product =
        NativeCall.of(
            "matmul",
            List.of(vector.reshape(1, vector.length()), vector.reshape(vector.length(), 1)),
            List.of(square));
  }

  @Override
  public void start() {
    product.run();
  }

  @Override
  public double get() {
    return Math.sqrt(square.getDouble(0));
  }

  @Override
  public void close() {
    square.close();
  }
}
