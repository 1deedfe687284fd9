package org.samegan.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MovingAverageTest {
  private final INDArray scratch = Nd4j.zeros(DataType.FLOAT, 2);

  @Test
  void theStartIsForgottenWithTheNinthPowerOfTheSteps() {
    INDArray average = Nd4j.createFromArray(1f, -3f);
    Optimizer.Update update = new MovingAverage(0.9999).bind(scratch.dup(), average, scratch);

    // Of the start the product of (1 + t) / (10 + t) is left: (n + 1)! 10! / (n + 10)!.
    double left = 1;
    for (int n = 1; n <= 100; n++) {
      update.apply(n, n - 1);
      if (n == 1 || n == 10 || n == 100) {
        left = 3628800;
        for (int k = n + 2; k <= n + 10; k++) {
          left /= k;
        }
        assertThat(average.getDouble(0)).as("step %d", n).isCloseTo(left, within(1e-5 * left));
        assertThat(average.getDouble(1)).isCloseTo(-3 * left, within(3e-5 * left));
      }
    }
    assertThat(left).as("of the start after 100 steps").isLessThan(1e-11);
  }

  @Test
  void inTheLongRunTheDecayIsTheOneAskedFor() {
    MovingAverage average = new MovingAverage(0.99);

    assertThat(average.decayAt(1)).isEqualTo(2.0 / 11);
    assertThat(average.decayAt(889)).isEqualTo(890.0 / 899).isLessThan(0.99);
    assertThat(average.decayAt(890)).isEqualTo(891.0 / 900);
    assertThat(average.decayAt(891)).isEqualTo(0.99);
    assertThat(average.decayAt(Long.MAX_VALUE)).isEqualTo(0.99);
    assertThat(new MovingAverage(0.1).decayAt(1)).as("never above").isEqualTo(0.1);
  }

  @Test
  void weightsThatStandStillAreTheirOwnAverage() {
    INDArray weights = Nd4j.createFromArray(0.1f, -1e-3f);
    INDArray average = weights.dup();
    Optimizer.Update update = new MovingAverage(0.9999).bind(weights, average, scratch);

    for (long step = 1; step <= 1000; step++) {
      update.apply(step, step - 1);
    }

    assertThat(average.data().asFloat()).containsExactly(0.1f, -1e-3f);
  }

  @Test
  void aStepMovesTheAverageOnlyByItsShare() {
    INDArray weights = Nd4j.createFromArray(2f, 10f);
    INDArray average = Nd4j.createFromArray(1f, 20f);

    new MovingAverage(0.75).bind(weights, average, scratch).apply(1000, 999);

    assertThat(average.data().asFloat()).containsExactly(1.25f, 17.5f);
    assertThat(weights.data().asFloat()).containsExactly(2, 10);
  }

  @Test
  void withoutDecayThereIsNone() {
    assertThat(MovingAverage.NONE.enabled()).isFalse();
    assertThat(new MovingAverage(0)).isEqualTo(MovingAverage.NONE);
    assertThat(new MovingAverage(1e-3).enabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void refusesImpossibleDecays(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MovingAverage(decay))
        .withMessageContainingAll("moving average", "[0, 1)", "found");
  }
}
