package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Where values lie whose lives are chosen, in bytes; none is written over in place. */
class MemoryReuseTest {
  private final Value outside = Value.bound(Nd4j.zeros(DataType.FLOAT, 1));
  private final Value a = value(1024);
  private final Value b = value(1024);
  private final Value wall = value(64);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neighboursThatDieApartAreJoined(boolean lowerFirst) {
    Value joined = value(2048);
    MemoryPlan plan =
        plan(
            kernel(a, outside),
            kernel(b, outside),
            kernel(wall, outside),
            kernel(outside, lowerFirst ? a : b),
            kernel(outside, lowerFirst ? b : a),
            kernel(joined, outside),
            kernel(outside, wall, joined));

    assertThat(plan.offset(wall)).isEqualTo(2048);
    assertThat(plan.offset(joined)).isZero();
    assertThat(plan.sizes().get(DataType.FLOAT)).isEqualTo(2048 + 64);
  }

  @Test
  void aHoleBetweenTwoFreeNeighboursJoinsBoth() {
    Value c = value(1024);
    Value joined = value(3072);
    MemoryPlan plan =
        plan(
            kernel(a, outside),
            kernel(b, outside),
            kernel(c, outside),
            kernel(wall, outside),
            kernel(outside, a),
            kernel(outside, c),
            kernel(outside, b),
            kernel(joined, outside),
            kernel(outside, wall, joined));

    assertThat(plan.offset(joined)).isZero();
    assertThat(plan.sizes().get(DataType.FLOAT)).isEqualTo(3072 + 64);
  }

  @Test
  void freeMemoryAtTheEndGrows() {
    Value large = value(2048);
    MemoryPlan plan =
        plan(
            kernel(wall, outside),
            kernel(a, outside),
            kernel(outside, a),
            kernel(large, outside),
            kernel(outside, wall, large));

    assertThat(plan.offset(large)).isEqualTo(64);
    assertThat(plan.sizes().get(DataType.FLOAT)).isEqualTo(64 + 2048);
  }

  @Test
  void whatAValueLeavesOfItsStretchIsFree() {
    Value large = value(2048);
    MemoryPlan plan =
        plan(
            kernel(large, outside),
            kernel(wall, outside),
            kernel(outside, large),
            kernel(a, outside),
            kernel(b, outside),
            kernel(outside, wall, a, b));

    assertThat(plan.offset(a)).isZero();
    assertThat(plan.offset(b)).isEqualTo(1024);
    assertThat(plan.sizes().get(DataType.FLOAT)).isEqualTo(2048 + 64);
  }

  @Test
  void theSmallestStretchThatFitsIsTaken() {
    Value large = value(2048);
    Value end = value(64);
    Value c = value(1024);
    MemoryPlan plan =
        plan(
            kernel(large, outside),
            kernel(wall, outside),
            kernel(a, outside),
            kernel(end, outside),
            kernel(outside, large),
            kernel(outside, a),
            kernel(c, outside),
            kernel(outside, wall, end, c));

    assertThat(plan.offset(c)).isEqualTo(2048 + 64);
  }

  private static Value value(long bytes) {
    return Value.planned(DataType.FLOAT, new long[] {bytes / 4});
  }

  private static Kernel kernel(Value output, Value... inputs) {
    return Kernel.Custom.named("matmul", output, inputs);
  }

  private static MemoryPlan plan(Kernel... kernels) {
    return new MemoryPlan(List.of(kernels));
  }
}
