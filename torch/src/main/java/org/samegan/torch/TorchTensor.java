package org.samegan.torch;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Tensor;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.Operator;

/** An array in a device's memory, with room in the CPU's for what is written and read. */
final class TorchTensor implements Tensor {
  private final DeviceTensor tensor;
  private Tensor host;

  /** Made when it is multiplied first, which few tensors are. */
  private Operator product;

  private DeviceTensor factor;

  TorchTensor(DeviceTensor tensor) {
    this.tensor = tensor;
  }

  DeviceTensor onDevice() {
    return tensor;
  }

  private Tensor host() {
    if (host == null) {
      host = Backend.nd4j().zeros(type(), shape());
    }
    return host;
  }

  @Override
  public DataType type() {
    return tensor.type();
  }

  @Override
  public long[] shape() {
    return tensor.shape();
  }

  @Override
  public long length() {
    return tensor.length();
  }

  @Override
  public Tensor view(long offset, long... viewShape) {
    return new TorchTensor(tensor.view(offset, viewShape));
  }

  @Override
  public FloatBuffer floats() {
    return host().floats();
  }

  @Override
  public void flush() {
    tensor.copyFrom(host().array());
  }

  @Override
  public void read(FloatBuffer into) {
    tensor.copyTo(host().array());
    host.read(into);
  }

  @Override
  public void assign(INDArray values) {
    INDArray rowMajor = values.dup('c').reshape('c', shape());
    tensor.copyFrom(rowMajor);
    rowMajor.close();
  }

  @Override
  public void assign(Tensor values) {
    tensor.device().use();
    Handles.copy(tensor.handle(), ((TorchTensor) values).tensor.handle());
  }

  @Override
  public void add(Tensor values) {
    tensor.device().use();
    // The library's C functions have no sum in place.
    long sum = Handles.subtract(tensor.handle(), ((TorchTensor) values).tensor.handle(), -1);
    try {
      Handles.copy(tensor.handle(), sum);
    } finally {
      Handles.free(sum);
    }
  }

  @Override
  public void multiply(double by) {
    if (factor == null) {
      factor = tensor.device().allocate(type());
      product =
          new Operator(
              "aten::mul_.Tensor", 1, List.of(new Argument.Tensor(0), new Argument.Tensor(1)));
    }
    factor.fill(by);
    product.call(new long[] {tensor.handle(), factor.handle()}, -1);
  }

  @Override
  public INDArray array() {
    return tensor.toArray();
  }

  @Override
  public double get() {
    tensor.copyTo(host().array());
    return host.get();
  }

  @Override
  public void set(double value) {
    tensor.fill(value);
  }

  @Override
  public void close() {
    tensor.close();
    if (host != null) {
      host.close();
    }
    if (factor != null) {
      factor.close();
    }
  }
}
