package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.NewArrays;

class PlanTest {
  private final SameDiff graph = SameDiff.create();
  private final SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
  private final INDArray input = floats(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void writesResultsToTheCallersArrays() {
    SDVariable y = x.mul(2).add(1).rename("y");
    INDArray result = empty(2, 3);

    run(Map.of("y", result));

    assertThat(values(result)).containsExactly(3, 5, 7, 9, 11, 13);
    assertThat(y.getArr()).as("the session was not used").isNull();
  }

  @Test
  void aResultMayBeAViewIntoALargerArray() {
    x.mul(2).rename("y");
    INDArray large = Nd4j.zeros(DataType.FLOAT, 10);
    long[] strides = {3, 1};
    INDArray view = Nd4j.create(large.data(), new long[] {2, 3}, strides, 3, 'c');

    run(Map.of("y", view));

    assertThat(values(large)).containsExactly(0, 0, 0, 2, 4, 6, 8, 10, 12, 0);
  }

  @Test
  void aResultMayBeAnInput() {
    INDArray result = empty(2, 3);

    run(Map.of("x", result));

    assertThat(values(result)).isEqualTo(values(input));
  }

  @Test
  void aResultMayBeAReshapedInput() {
    graph.reshape(x, 3, 2).rename("y");
    INDArray result = empty(3, 2);

    run(Map.of("y", result));

    assertThat(values(result)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aResultMayBeAConstant() {
    graph.constant("c", floats(new double[] {7, 8}, 2));
    INDArray result = empty(2);

    run(Map.of("c", result));

    assertThat(values(result)).containsExactly(7, 8);
  }

  @Test
  void aResultMayBeNeededByLaterOps() {
    SDVariable y = x.mul(2).rename("y");
    SDVariable z = graph.math().tanh(y).add(y).rename("z");
    INDArray ofY = empty(2, 3);
    INDArray ofZ = empty(2, 3);

    run(Map.of("y", ofY, "z", ofZ));

    assertThat(values(ofY)).containsExactly(2, 4, 6, 8, 10, 12);
    double[] expected = BothExecutors.values(session(z));
    // One rounding of a float of about 13.
    assertThat(values(ofZ)).containsExactly(expected, offset(2e-6));
  }

  @Test
  void oneValueMayBeSeveralResults() {
    SDVariable y = x.mul(2).rename("y");
    graph.identity(y).rename("same");
    graph.reshape(y, 6).rename("flat");
    INDArray[] results = {empty(2, 3), empty(2, 3), empty(6)};

    run(Map.of("y", results[0], "same", results[1], "flat", results[2]));

    for (INDArray result : results) {
      assertThat(values(result)).containsExactly(2, 4, 6, 8, 10, 12);
    }
  }

  @Test
  void everyRunReadsTheInputsAnew() {
    x.sum().rename("y");
    INDArray result = Nd4j.scalar(DataType.FLOAT, 0);
    try (Plan plan = Plan.compile(graph, Map.of("x", input), Map.of("y", result))) {
      plan.run();
      assertThat(values(result)).containsExactly(21);

      input.putScalar(0, 0, 101);
      plan.run();
      assertThat(values(result)).containsExactly(121);
    }
  }

  @Test
  void variablesValuesAreThoseOfTheCompilation() {
    INDArray weight = floats(new double[] {1, 2, 3}, 3);
    x.mul(graph.var("w", weight)).rename("y");
    INDArray result = empty(2, 3);
    try (Plan plan = Plan.compile(graph, Map.of("x", input), Map.of("y", result))) {
      graph.getVariable("w").getArr().assign(0);
      plan.run();
    }

    assertThat(values(result)).containsExactly(1, 4, 9, 4, 10, 18);
  }

  @Test
  void sessionsAndPlansOfOneGraphLeaveEachOtherAlone() {
    SDVariable y = graph.math().exp(x.max(true, 1)).mul(x).rename("y");
    INDArray result = empty(2, 3);
    try (Plan plan = Plan.compile(graph, Map.of("x", input), Map.of("y", result))) {
      plan.run();
      double[] first = values(result);
      INDArray other =
          BothExecutors.session(graph, Map.of("x", input.mul(0)), List.of("y")).get("y");
      plan.run();

      assertThat(values(result)).isEqualTo(first);
      assertThat(values(other)).containsOnly(0);
      // A float of about 2400 has a unit in the last place of 2.4e-4.
      assertThat(values(result)).containsExactly(values(session(y)), offset(1e-3));
    }
  }

  /** As in libtorch; ND4J's own op gives 1 there, which no two executors of a graph agree on. */
  @Test
  void theLeakyRelusSlopeAtZeroIsTheLowOne() {
    SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 2, 3));
    new LeakyReLUBp(graph, x, ones, 0.25).outputVariable().rename("y");
    INDArray result = empty(2, 3);
    input.assign(floats(new double[] {-1e30, -1e-20, 0, 1e-20, 1, 1e30}, 2, 3));

    run(Map.of("y", result));

    assertThat(values(result)).containsExactly(0.25, 0.25, 0.25, 1, 1, 1);
  }

  /** SameDiff's session can't do these, so the numbers are written out. */
  @Test
  void reductionsOverAxesOfExtentOneChangeNoValue() {
    SDVariable column = graph.reshape(x, 6, 1);
    column.max(false, 1).rename("max");
    column.sum(true, 1).mul(2).rename("sum");
    graph.reshape(x, 2, 1, 3).mean(false, 1).rename("mean");
    INDArray[] results = {empty(6), empty(6, 1), empty(2, 3)};

    run(Map.of("max", results[0], "sum", results[1], "mean", results[2]));

    assertThat(values(results[0])).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values(results[1])).containsExactly(2, 4, 6, 8, 10, 12);
    assertThat(values(results[2])).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void acceptsARowWhoseStridesWereLeftByAReshape() {
    graph.placeHolder("row", DataType.FLOAT, 1, 3).mul(2).rename("y");
    INDArray row = Nd4j.createFromArray(1f, 2f, 3f).reshape('c', 1, 3);
    INDArray result = empty(3).reshape('c', 1, 3);
    try (Plan plan = Plan.compile(graph, Map.of("row", row), Map.of("y", result))) {
      plan.run();
    }

    assertThat(values(result)).containsExactly(2, 4, 6);
  }

  @Test
  void ignoresPlaceholdersThatAreNotNeeded() {
    graph.placeHolder("unused", DataType.FLOAT, -1).mul(2);
    x.mul(2).rename("y");
    INDArray result = empty(2, 3);

    run(Map.of("y", result));

    assertThat(values(result)).containsExactly(2, 4, 6, 8, 10, 12);
  }

  @Test
  void runsAllocateNothingOutsideTheHeap() {
    SDVariable w = graph.var("w", Draws.array(1, DataType.FLOAT, -1, 1, 3, 50));
    SDVariable y = graph.math().exp(graph.math().tanh(x.mmul(w))).sum(true, 1).mul(x).sum();

    assertThat(arraysOf200Runs(y)).isZero();
  }

  @Test
  void maximaMakeOnlyTheirAxes() {
    SDVariable y = graph.math().exp(x.max(true, 1)).mul(x).sum();

    // ND4J makes an array of such an op's axes for every call; they are collected later.
    assertThat(arraysOf200Runs(y)).isEqualTo(200 * 2);
  }

  @Test
  void canBeClosedTwice() {
    x.mul(2).add(1).rename("y");
    Plan plan = Plan.compile(graph, Map.of("x", input), Map.of("y", empty(2, 3)));
    assertThat(plan.workingMemory()).isEqualTo(64);

    plan.close();
    plan.close();
  }

  private long arraysOf200Runs(SDVariable scalar) {
    Map<String, INDArray> results = Map.of(scalar.name(), Nd4j.scalar(DataType.FLOAT, 0));
    try (Plan plan = Plan.compile(graph, Map.of("x", input), results)) {
      plan.run();
      return NewArrays.madeBy(
          () -> {
            for (int i = 0; i < 200; i++) {
              plan.run();
            }
          });
    }
  }

  private void run(Map<String, INDArray> results) {
    try (Plan plan = Plan.compile(graph, Map.of("x", input), results)) {
      plan.run();
    }
  }

  private INDArray session(SDVariable variable) {
    return BothExecutors.session(graph, Map.of("x", input), List.of(variable.name()))
        .get(variable.name());
  }

  private static INDArray floats(double[] values, long... shape) {
    return Draws.array(DataType.FLOAT, values, shape);
  }

  private static INDArray empty(long... shape) {
    return Nd4j.valueArrayOf(shape, Double.NaN, DataType.FLOAT);
  }

  private static double[] values(INDArray array) {
    return BothExecutors.values(array);
  }

  private static Offset<Double> offset(double value) {
    return Offset.offset(value);
  }
}
