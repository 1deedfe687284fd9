package org.samegan.core.training;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;

/**
 * A few numbers that a trainer knows besides the networks, and that its state has: 32-bit floats on
 * the host, so that a restored trainer goes on with the same bits.
 */
final class KeptNumbers implements Resource {
  private final String path;
  private final Tensor tensor;

  /**
   * All 0.
   *
   * @param path in the state, such as {@code augmentation/control}
   */
  KeptNumbers(String path, int count) {
    this.path = path;
    tensor = Backend.nd4j().zeros(DataType.FLOAT, count);
  }

  String path() {
    return path;
  }

  Tensor tensor() {
    return tensor;
  }

  float get(int index) {
    FloatBuffer values = FloatBuffer.allocate((int) tensor.length());
    tensor.read(values);
    return values.get(index);
  }

  void set(int index, float value) {
    tensor.floats().put(index, value);
    tensor.flush();
  }

  @Override
  public void close() {
    tensor.close();
  }
}
