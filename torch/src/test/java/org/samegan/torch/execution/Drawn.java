package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values for the inputs and variables of networks, so large that all layers matter. */
final class Drawn {
  private final SplittableRandom random;

  Drawn(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A float array: around 1 for gains and variances, around 0 for everything else. */
  INDArray array(String name, long... shape) {
    boolean positive = name.contains("gain") || name.contains("variance");
    double centre = positive ? 1 : 0;
    double spread = positive || name.contains("weight") ? 0.2 : 1;
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (centre + spread * (2 * random.nextDouble() - 1));
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}
