package org.samegan.torch.optimizer;

import org.samegan.core.optimizer.RmsProp;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Operator;

/** RMSProp: v += (1 - decay) (gradient^2 - v), which is its decaying mean. */
final class RmsPropUpdate implements DeviceUpdate {
  private static final int PARAMETERS = 0;
  private static final int GRADIENT = 1;
  private static final int MEAN_SQUARE = 2;
  private static final int SCRATCH = 3;

  private final RmsProp rmsProp;
  private final DeviceTensor scratch;
  private final Vectors vectors;
  private final Operator square = Vectors.operator("aten::mul.Tensor", GRADIENT, GRADIENT);
  private final Operator follow;
  private final Operator root = Vectors.operator("aten::sqrt", MEAN_SQUARE);
  private final Operator divide = Vectors.operator("aten::div.Tensor", GRADIENT, SCRATCH);
  private final int epsilon;

  RmsPropUpdate(
      RmsProp rmsProp, DeviceTensor parameters, DeviceTensor gradient, DeviceTensor meanSquare) {
    this.rmsProp = rmsProp;
    scratch = parameters.device().allocate(parameters.type(), parameters.shape());
    vectors = new Vectors(2, parameters, gradient, meanSquare, scratch);
    int rest = vectors.scalar(1 - rmsProp.decay());
    follow = Vectors.operator("aten::lerp_.Tensor", MEAN_SQUARE, SCRATCH, rest);
    epsilon = vectors.scalar(rmsProp.epsilon());
  }

  @Override
  public void apply(long count, long step) {
    vectors.begin();
    vectors.assign(SCRATCH, square);
    vectors.change(follow);
    vectors.assign(SCRATCH, root);
    vectors.subtract(SCRATCH, SCRATCH, epsilon, -1);
    vectors.assign(SCRATCH, divide);
    vectors.subtract(PARAMETERS, PARAMETERS, SCRATCH, rmsProp.learningRate().at(step));
  }

  @Override
  public void close() {
    vectors.close();
    scratch.close();
  }
}
