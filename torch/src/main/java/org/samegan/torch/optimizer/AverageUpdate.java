package org.samegan.torch.optimizer;

import org.samegan.core.optimizer.MovingAverage;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Operator;

/** average += (1 - decay) (value - average). */
final class AverageUpdate implements DeviceUpdate {
  private static final int VALUES = 0;
  private static final int AVERAGES = 1;

  private final MovingAverage average;
  private final Vectors vectors;
  private final int rate;
  private final Operator follow;

  AverageUpdate(MovingAverage average, DeviceTensor values, DeviceTensor averages) {
    this.average = average;
    vectors = new Vectors(1, values, averages);
    rate = vectors.scalar(0);
    follow = Vectors.operator("aten::lerp_.Tensor", AVERAGES, VALUES, rate);
  }

  @Override
  public void apply(long count, long step) {
    vectors.begin();
    vectors.set(rate, 1 - average.decayAt(count));
    vectors.change(follow);
  }

  @Override
  public void close() {
    vectors.close();
  }
}
