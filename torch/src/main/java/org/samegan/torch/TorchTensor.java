package org.samegan.torch;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Tensor;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Handles;

/** An array in a device's memory, with room in the CPU's for what is written and read. */
final class TorchTensor implements Tensor {
  private final DeviceTensor tensor;
  private Tensor host;

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
  }
}
