package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Draws;

/** What can't be compiled, and how that is said. */
class PlanRefusalsTest {
  private final SameDiff graph = SameDiff.create();
  private final SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
  private final INDArray input = empty(2, 3);

  @Test
  void refusesAnInputOfAnotherType() {
    x.mul(2).rename("y");

    refuses(Draws.array(1, 2, 3), empty(2, 3), "'x'", "FLOAT", "[2, 3]", "DOUBLE");
  }

  @Test
  void refusesAResultOfAnotherShape() {
    x.mul(2).rename("y");

    refuses(input, empty(3, 2), "'y'", "[2, 3]", "found FLOAT of shape [3, 2]");
  }

  @Test
  void refusesColumnMajorArrays() {
    x.mul(2).rename("y");

    refuses(input.dup('f'), empty(2, 3), "'x'", "row-major", "found not row-major");
    refuses(input, empty(3, 2).transpose(), "'y'", "found not row-major");
  }

  @Test
  void refusesAnInputOfAShapeThatAnOpCanNotTake() {
    x.mmul(graph.constant(Nd4j.ones(DataType.FLOAT, 3, 4))).rename("y");

    refuses(empty(2, 5), empty(2, 4), "matmul", "[2, 5]", "[3, 4]");
  }

  @Test
  void refusesAPlaceholderWithoutAnArray() {
    graph.placeHolder("forgotten", DataType.FLOAT, 2, 3).mul(x).rename("y");

    refuses(input, empty(2, 3), "'forgotten'", "no array was given");
  }

  @Test
  void refusesAnUnknownResult() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.compile(graph, Map.of("x", input), Map.of("nobody", input)))
        .withMessageContaining("'nobody'");
  }

  @Test
  void refusesAnArrayForANameThatTheGraphLacks() {
    x.mul(2).rename("y");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Plan.compile(graph, Map.of("x", input, "z", input), Map.of("y", empty(2, 3))))
        .withMessageContaining("given for 'z', which the graph does not have");
  }

  @Test
  void refusesToRunOnceClosed() {
    x.add(1).rename("y");
    INDArray result = empty(2, 3);
    Plan plan = Plan.compile(graph, Map.of("x", input), Map.of("y", result));
    plan.close();
    plan.close();

    assertThatIllegalStateException().isThrownBy(plan::run).withMessage("the plan has been closed");
    assertThat(result.sumNumber().doubleValue()).isZero();
  }

  private void refuses(INDArray given, INDArray result, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.compile(graph, Map.of("x", given), Map.of("y", result)))
        .withMessageContainingAll(message);
  }

  private static INDArray empty(long... shape) {
    return Nd4j.zeros(DataType.FLOAT, shape);
  }
}
