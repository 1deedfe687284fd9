package org.samegan.torch;

import java.util.List;
import org.samegan.core.backend.Norm;
import org.samegan.core.execution.Tensor;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Operator;

/** The square root of a vector's product with itself. */
final class TorchNorm implements Norm {
  private static final int VECTOR = 0;
  private static final int SQUARE = 1;

  private final DeviceTensor vector;
  private final Tensor square;
  private final Operator dot =
      new Operator(
          "aten::dot.out",
          1,
          List.of(
              new Argument.Tensor(VECTOR),
              new Argument.Tensor(VECTOR),
              new Argument.Tensor(SQUARE)));
  private final long[] registers;

  TorchNorm(DeviceTensor vector) {
    this.vector = vector;
    DeviceTensor room = vector.device().allocate(vector.type());
    square = new TorchTensor(room);
    registers = new long[] {vector.handle(), room.handle()};
  }

  @Override
  public void start() {
    vector.device().use();
    dot.call(registers, -1);
  }

  @Override
  public double get() {
    return Math.sqrt(square.get());
  }

  @Override
  public void close() {
    square.close();
  }
}
