package org.samegan.torch.execution;

import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.torch.library.Argument;

/** Batch normalisation by the batch's statistics, and its gradient, in one operator each. */
final class BatchNormRules {
  private static final Argument UNUSED_MOMENTUM = Argument.real(0);

  private BatchNormRules() {}

  /**
   * What the operator gives.
   *
   * @param y the normalised values
   * @param mean of every channel
   * @param inverse 1 / sqrt(variance + epsilon) of every channel, in the register
   */
  record Normalised(int y, int mean, int inverse) {}

  static Normalised forward(Emission emission, Value x, int gain, int bias, double epsilon) {
    boolean[] all = {true, true, true};
    int[] results =
        emission.call(
            "aten::native_batch_norm",
            all,
            new Argument.Tensor(channelsSecond(emission, x)),
            new Argument.SomeTensor(gain),
            new Argument.SomeTensor(bias),
            Argument.NONE,
            Argument.NONE,
            Argument.truth(true),
            UNUSED_MOMENTUM,
            Argument.real(epsilon));
    return new Normalised(channelsLast(emission, results[0], x.rank()), results[1], results[2]);
  }

  /** The variance that the operator has used. */
  static int variance(Emission emission, int inverse, DataType type, double epsilon) {
    int square = emission.apply("aten::mul.Tensor", inverse, inverse);
    int sum = emission.apply("aten::div.Tensor", emission.operand(type, 1), square);
    return emission.subtract(sum, emission.operand(type, epsilon), 1);
  }

  /** The gradients at x, gain and bias. */
  static int[] backward(
      Emission emission, Value gradient, Value x, int gain, Normalised forward, double epsilon) {
    boolean[] all = {true, true, true};
    int[] results =
        emission.call(
            "aten::native_batch_norm_backward",
            all,
            new Argument.Tensor(channelsSecond(emission, gradient)),
            new Argument.Tensor(channelsSecond(emission, x)),
            new Argument.SomeTensor(gain),
            Argument.NONE,
            Argument.NONE,
            new Argument.SomeTensor(forward.mean()),
            new Argument.SomeTensor(forward.inverse()),
            Argument.truth(true),
            Argument.real(epsilon),
            new Argument.Integers(1, 1, 1));
    return new int[] {channelsLast(emission, results[0], x.rank()), results[1], results[2]};
  }

  private static int channelsSecond(Emission emission, Value x) {
    int tensor = emission.tensor(x);
    return x.rank() == 4 ? emission.permute(tensor, 0, 3, 1, 2) : tensor;
  }

  private static int channelsLast(Emission emission, int x, int rank) {
    return rank == 4 ? emission.permute(x, 0, 2, 3, 1) : x;
  }
}
