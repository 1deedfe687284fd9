package org.samegan.torch.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.Operator;

/** The vectors of an update, by number, and what can be done with them. */
final class Vectors implements AutoCloseable {
  private final TorchDevice device;
  private final DataType type;
  private final long[] handles;
  private final List<DeviceTensor> scalars = new ArrayList<>();
  private final int given;

  /**
   * For vectors of one device and type.
   *
   * @param room how many {@link #scalar scalars} there can be
   */
  Vectors(int room, DeviceTensor... vectors) {
    device = vectors[0].device();
    type = vectors[0].type();
    given = vectors.length;
    handles = new long[given + room + 1];
    for (int i = 0; i < vectors.length; i++) {
      handles[i] = vectors[i].handle();
    }
  }

  /** The number of a new operand, which can be given a value at any time. */
  int scalar(double value) {
    DeviceTensor scalar = device.allocate(type);
    scalars.add(scalar);
    handles[given + scalars.size() - 1] = scalar.handle();
    scalar.fill(value);
    return given + scalars.size() - 1;
  }

  /** Gives a scalar another value. */
  void set(int scalar, double value) {
    scalars.get(scalar - given).fill(value);
  }

  /** An operator whose arguments are vectors, with one result. */
  static Operator operator(String name, Integer... vectors) {
    List<Argument> arguments =
        List.of(vectors).stream().<Argument>map(Argument.Tensor::new).toList();
    return new Operator(name, 1, arguments);
  }

  /** Sends what follows to the vectors' device. */
  void begin() {
    device.use();
  }

  /** Calls an operator that changes its first argument. */
  void change(Operator operator) {
    operator.call(handles, -1);
  }

  /** Puts the result of an operator into a vector. */
  void assign(int to, Operator operator) {
    operator.call(handles, handles.length - 1);
    take(to, handles[handles.length - 1]);
  }

  /** to = a - factor b. */
  void subtract(int to, int a, int b, double factor) {
    take(to, Handles.subtract(handles[a], handles[b], factor));
  }

  private void take(int to, long result) {
    try {
      Handles.copy(handles[to], result);
    } finally {
      Handles.free(result);
    }
  }

  @Override
  public void close() {
    scalars.forEach(DeviceTensor::close);
  }
}
