package org.samegan.torch.optimizer;

import org.samegan.core.optimizer.Sgd;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Operator;

/** Gradient descent with momentum. */
final class SgdUpdate implements DeviceUpdate {
  private static final int PARAMETERS = 0;
  private static final int GRADIENT = 1;
  private static final int VELOCITY = 2;

  private final Sgd sgd;
  private final Vectors vectors;
  private final Operator slow;

  SgdUpdate(Sgd sgd, DeviceTensor parameters, DeviceTensor gradient, DeviceTensor velocity) {
    this.sgd = sgd;
    vectors = new Vectors(1, parameters, gradient, velocity);
    slow = Vectors.operator("aten::mul_.Tensor", VELOCITY, vectors.scalar(sgd.momentum()));
  }

  @Override
  public void apply(long count, long step) {
    vectors.begin();
    vectors.change(slow);
    vectors.subtract(VELOCITY, VELOCITY, GRADIENT, -1);
    vectors.subtract(PARAMETERS, PARAMETERS, VELOCITY, sgd.learningRate().at(step));
  }

  @Override
  public void close() {
    vectors.close();
  }
}
