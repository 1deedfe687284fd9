package org.samegan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.BaseReduceOp;

class ReductionTest {
  private static final long[] SHAPE = {2, 3, 4};
  private final SDVariable x = SameDiff.create().placeHolder("x", DataType.DOUBLE, SHAPE);

  @Test
  void withoutAxesEverythingIsReduced() {
    Reduction reduction = reduction(x.sum());

    assertThat(reduction.axes()).containsExactly(0, 1, 2);
    assertThat(reduction.outputShape()).isEmpty();
    assertThat(reduction.count()).isEqualTo(24);
    assertThat(reduction.leading()).isTrue();
    assertThat(reduction.trailing()).isTrue();
  }

  @Test
  void firstAxesAreLeading() {
    Reduction reduction = reduction(x.mean(false, 0, 1));

    assertThat(reduction.leading()).isTrue();
    assertThat(reduction.trailing()).isFalse();
    assertThat(reduction.outputShape()).containsExactly(4);
    assertThat(reduction.count()).isEqualTo(6);
  }

  @Test
  void lastAxesAreTrailing() {
    Reduction reduction = reduction(x.max(true, 1, 2));

    assertThat(reduction.leading()).isFalse();
    assertThat(reduction.trailing()).isTrue();
    assertThat(reduction.keepsDimensions()).isTrue();
    assertThat(reduction.outputShape()).containsExactly(2, 1, 1);
  }

  @Test
  void axesInTheMiddleOrWithAGapAreNeither() {
    for (Reduction reduction : new Reduction[] {reduction(x.sum(1)), reduction(x.sum(0, 2))}) {
      assertThat(reduction.leading()).isFalse();
      assertThat(reduction.trailing()).isFalse();
    }
  }

  @Test
  void axesAreSortedAndCountedFromTheFirst() {
    Reduction reduction = reduction(x.sum(-1, 0));

    assertThat(reduction.axes()).containsExactly(0, 2);
    assertThat(reduction.outputShape()).containsExactly(3);
    assertThat(reduction.keptShape()).containsExactly(1, 3, 1);
    assertThat(reduction.rank()).isEqualTo(3);
  }

  @Test
  void refusesToKeepAnAxisCountedFromTheLast() {
    SDVariable sum = x.sum(true, -1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reduction(sum))
        .withMessageContainingAll("reduce_sum", "[-1]", "0 to 2");
  }

  private static Reduction reduction(SDVariable result) {
    String op = result.getSameDiff().getVariables().get(result.name()).getOutputOfOp();
    return Reduction.of((BaseReduceOp) result.getSameDiff().getOps().get(op).getOp(), SHAPE);
  }
}
