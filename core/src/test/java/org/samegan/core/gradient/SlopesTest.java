package org.samegan.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Draws;

/** A check must fail where there is a fault. */
class SlopesTest {
  /** Of the sum of cubes: the slopes' error of second order is then 1e-12 for each value. */
  private static final double STEP = 1e-6;

  private final INDArray x = Draws.array(1, DataType.DOUBLE, 0.3, 0.5, 20, 50);

  private Slopes ofCubes() {
    SameDiff graph = SameDiff.create();
    SDVariable input = graph.placeHolder("x", DataType.DOUBLE, x.shape());
    SDVariable sum = input.mul(input).mul(input).sum();
    return Slopes.of(sum, Map.of("x", x), Set.of("x"), STEP);
  }

  @Test
  void takesTheRightGradientAndLeavesTheInput() {
    INDArray before = x.dup();
    ofCubes().requireGradient("cubes", "x", before.mul(before).mul(3), 1e-6);
    // To the bit: INDArray.equals allows differences.
    assertThat(x.data().asDouble()).isEqualTo(before.data().asDouble());
  }

  @Test
  void seesAnErrorOfOneValueInAThousand() {
    INDArray gradient = x.mul(x).mul(3);
    gradient.putScalar(345, gradient.getDouble(345) + 2e-6);
    Slopes slopes = ofCubes();
    assertThatThrownBy(() -> slopes.requireGradient("cubes", "x", gradient, 1e-6))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cubes along a direction");
  }

  @Test
  void seesValuesInAnotherOrder() {
    INDArray gradient = x.mul(x).mul(3);
    double first = gradient.getDouble(0);
    gradient.putScalar(0, gradient.getDouble(1));
    gradient.putScalar(1, first);
    Slopes slopes = ofCubes();
    assertThatThrownBy(() -> slopes.requireGradient("cubes", "x", gradient, 1e-6))
        .isInstanceOf(AssertionError.class);
  }
}
