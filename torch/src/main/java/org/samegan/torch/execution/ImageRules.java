package org.samegan.torch.execution;

import java.util.Map;
import org.samegan.torch.library.Argument;

/** Repeating pixels, averaging squares of them, and normalising channels. */
final class ImageRules {
  static final Map<String, OpRule> RULES =
      Map.of(
          "upsampling2d", ImageRules::upsample,
          "avgpool2d", ImageRules::averagePool,
          "batchnorm", ImageRules::normalise);

  private ImageRules() {}

  private static void upsample(LoweredOp op) {
    op.requireInputs(1);
    op.requireReal();
    long[] a = op.integers();
    op.require(
        a.length == 3 && a[2] == 0,
        "the arguments " + op.arguments(),
        "images of (batch, height, width, channels), NHWC");
    Emission emission = op.emission();
    int y =
        emission.call(
            "aten::upsample_nearest2d",
            new Argument.Tensor(emission.permute(op.tensor(0), 0, 3, 1, 2)),
            new Argument.Integers(op.shape()[1], op.shape()[2]),
            Argument.NONE,
            Argument.NONE);
    op.set(emission.permute(y, 0, 2, 3, 1));
  }

  private static void averagePool(LoweredOp op) {
    op.requireInputs(1);
    op.requireReal();
    long[] a = op.integers();
    String found = "the arguments " + op.arguments();
    op.require(
        a.length == 11 && a[10] == 1, found, "images of (batch, height, width, channels), NHWC");
    op.require(a[4] == 0 && a[5] == 0 && a[8] == 0, found, "no padding, explicit or SAME");
    op.require(a[6] == 1 && a[7] == 1, found, "no dilation");
    Emission emission = op.emission();
    int y =
        emission.call(
            "aten::avg_pool2d",
            new Argument.Tensor(emission.permute(op.tensor(0), 0, 3, 1, 2)),
            new Argument.Integers(a[0], a[1]),
            new Argument.Integers(a[2], a[3]),
            new Argument.Integers(0, 0),
            Argument.truth(false),
            Argument.truth(true),
            Argument.NONE);
    op.set(emission.permute(y, 0, 2, 3, 1));
  }

  /** (x - mean) (gain / sqrt(variance + epsilon)) + bias, each of the last two if it is there. */
  private static void normalise(LoweredOp op) {
    op.requireReal();
    long[] a = op.integers();
    boolean gained = a[0] != 0;
    boolean biased = a[1] != 0;
    op.requireInputs(3 + (gained ? 1 : 0) + (biased ? 1 : 0));
    op.require(
        a.length == 2 || (a.length == 3 && a[2] == op.input(0).rank() - 1),
        "the arguments " + op.arguments(),
        "channels on the last axis");
    Emission emission = op.emission();
    int epsilon = emission.operand(op.type(), op.reals()[0]);
    int deviation = emission.apply("aten::sqrt", emission.add(op.tensor(2), epsilon));
    int scale =
        emission.apply(
            "aten::div.Tensor", gained ? op.tensor(3) : emission.operand(op.type(), 1), deviation);
    int centred = emission.subtract(op.tensor(0), op.tensor(1), 1);
    int y = emission.apply("aten::mul.Tensor", centred, scale);
    op.set(biased ? emission.add(y, op.tensor(gained ? 4 : 3)) : y);
  }
}
