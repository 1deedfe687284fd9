package org.samegan.torch.optimizer;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.optimizer.Adam;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Operator;

/** Adam as PyTorch's own fused kernel, which goes over the vectors once. */
final class AdamUpdate implements DeviceUpdate {
  private static final int PARAMETERS = 0;
  private static final int GRADIENT = 1;
  private static final int FIRST_MOMENT = 2;
  private static final int SECOND_MOMENT = 3;
  private static final int COUNT = 4;

  private final Adam adam;
  private final DeviceTensor count;
  private final long[] registers;
  private Operator update;
  private double rate = Double.NaN;
  private double beta2 = Double.NaN;

  AdamUpdate(
      Adam adam,
      DeviceTensor parameters,
      DeviceTensor gradient,
      DeviceTensor firstMoment,
      DeviceTensor secondMoment) {
    this.adam = adam;
    // The kernel wants the number of updates in the device's memory.
    count = parameters.device().allocate(DataType.FLOAT);
    registers = new long[COUNT + 1];
    registers[PARAMETERS] = parameters.handle();
    registers[GRADIENT] = gradient.handle();
    registers[FIRST_MOMENT] = firstMoment.handle();
    registers[SECOND_MOMENT] = secondMoment.handle();
    registers[COUNT] = count.handle();
  }

  @Override
  public void apply(long updates, long step) {
    prepare(adam.learningRate().at(step), adam.beta2().at(step));
    count.fill((double) updates);
    update.call(registers);
  }

  private void prepare(double newRate, double newBeta2) {
    if (newRate == rate && newBeta2 == beta2) {
      return;
    }
    rate = newRate;
    beta2 = newBeta2;
    Argument noWeightDecay = Argument.real(0);
    Argument noGreatestMoment = Argument.truth(false);
    Argument minimised = Argument.truth(false);
    update =
        new Operator(
            "aten::_fused_adam_",
            0,
            List.of(
                new Argument.Tensors(PARAMETERS),
                new Argument.Tensors(GRADIENT),
                new Argument.Tensors(FIRST_MOMENT),
                new Argument.Tensors(SECOND_MOMENT),
                new Argument.Tensors(),
                new Argument.Tensors(COUNT),
                Argument.real(rate),
                Argument.real(adam.beta1()),
                Argument.real(beta2),
                noWeightDecay,
                Argument.real(adam.epsilon()),
                noGreatestMoment,
                minimised,
                Argument.NONE,
                Argument.NONE));
  }

  @Override
  public void close() {
    count.close();
  }
}
