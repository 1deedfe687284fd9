package org.samegan.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Draws;
import org.samegan.core.objective.Constraint;

class WeightClippingTest {
  @Test
  void everyWeightEndsWithinTheBoundAndMovesByTheUpdateOtherwise() {
    INDArray clipped = Draws.array(3, DataType.FLOAT, -0.02, 0.02, 1000);
    INDArray free = clipped.dup();
    Constraint constraint = new Constraint.WeightClipping(0.01);
    Optimizer.Update with = update(clipped).then(constraint, clipped);
    Optimizer.Update without = update(free);
    for (int step = 1; step <= 5; step++) {
      // Both start from the same, bounded weights, so that one update is compared at a time.
      free.assign(clipped);
      with.apply(step, step - 1);
      without.apply(step, step - 1);
      float[] found = clipped.data().asFloat();
      float[] wanted = free.data().asFloat();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(Math.max(-0.01f, Math.min(0.01f, wanted[i])));
      }
    }
  }

  private static Optimizer.Update update(INDArray parameters) {
    INDArray gradient = Draws.array(4, DataType.FLOAT, -1, 1, 1000);
    Sgd sgd = new Sgd(0.002, 0);
    return (count, step) -> {
      gradient.assign(Draws.array(4 + count, DataType.FLOAT, -1, 1, 1000));
      sgd.bind(parameters, gradient, List.of(Nd4j.zeros(DataType.FLOAT, 1000))).apply(count, step);
    };
  }

  @Test
  void refusesABoundThatIsNotPositive() {
    for (double bound : new double[] {0, -0.01, Double.NaN}) {
      assertThatThrownBy(() -> new Constraint.WeightClipping(bound))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("greater than 0 as a 32-bit float, found " + bound);
    }
  }
}
