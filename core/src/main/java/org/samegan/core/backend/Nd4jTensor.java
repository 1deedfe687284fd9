package org.samegan.core.backend;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.HostBuffer;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.execution.Tensor;

/** An array of ND4J's. */
final class Nd4jTensor implements Tensor {
  private final INDArray array;
  private HostBuffer host;

  /** By what is added, which few tensors are, and then again and again. */
  private final Map<Tensor, NativeCall> sums = new HashMap<>();

  /** Made when it is multiplied first, which few tensors are. */
  private NativeCall product;

  private INDArray factor;

  Nd4jTensor(INDArray array) {
    this.array = array;
  }

  @Override
  public DataType type() {
    return array.dataType();
  }

  @Override
  public long[] shape() {
    return array.shape();
  }

  @Override
  public long length() {
    return array.length();
  }

  @Override
  public Tensor view(long offset, long... viewShape) {
    long elements = Arrays.stream(viewShape).reduce(1, (a, b) -> a * b);
    if (offset < 0 || offset + elements > length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a view of %s from element %d on needs %d elements, the tensor has %d",
              Arrays.toString(viewShape),
              offset,
              offset + elements,
              length()));
    }
    long[] strides = Nd4j.getStrides(viewShape, 'c');
    return new Nd4jTensor(
        Nd4j.create(array.data(), viewShape, strides, array.offset() + offset, 'c'));
  }

  private HostBuffer host() {
    if (host == null) {
      host = new HostBuffer(array);
    }
    return host;
  }

  @Override
  public FloatBuffer floats() {
    return host().floats();
  }

  @Override
  public void flush() {
    host().flush();
  }

  @Override
  public void read(FloatBuffer into) {
    host().read(into);
  }

  @Override
  public void assign(INDArray values) {
    array.assign(values);
  }

  @Override
  public void assign(Tensor values) {
    array.assign(values.array());
  }

  @Override
  public void add(Tensor values) {
    sums.computeIfAbsent(
            values, added -> NativeCall.of("add", List.of(array, added.array()), List.of(array)))
        .run();
  }

  @Override
  public void multiply(double by) {
    if (factor == null) {
      factor = Nd4j.scalar(type(), 0);
      product = NativeCall.of("multiply", List.of(array, factor), List.of(array));
    }
    factor.putScalar(0, by);
    product.run();
  }

  @Override
  public INDArray array() {
    return array;
  }

  @Override
  public double get() {
    return array.getDouble(0);
  }

  @Override
  public void set(double value) {
    array.putScalar(0, value);
  }

  @Override
  public void close() {
    if (array.closeable()) {
      array.close();
    }
    if (factor != null && factor.closeable()) {
      factor.close();
    }
  }
}
