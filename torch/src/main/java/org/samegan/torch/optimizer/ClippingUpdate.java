package org.samegan.torch.optimizer;

import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Operator;

/** Puts parameters that are too large back to the bound. */
final class ClippingUpdate implements DeviceUpdate {
  private static final int PARAMETERS = 0;

  private final Vectors vectors;
  private final Operator floor;
  private final Operator ceiling;

  ClippingUpdate(double bound, DeviceTensor parameters) {
    vectors = new Vectors(2, parameters);
    floor = Vectors.operator("aten::maximum", PARAMETERS, vectors.scalar(-bound));
    ceiling = Vectors.operator("aten::minimum", PARAMETERS, vectors.scalar(bound));
  }

  @Override
  public void apply(long count, long step) {
    vectors.begin();
    vectors.assign(PARAMETERS, floor);
    vectors.assign(PARAMETERS, ceiling);
  }

  @Override
  public void close() {
    vectors.close();
  }
}
