package org.samegan.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.Plan;
import org.samegan.core.graph.StaticShapes;

/**
 * Runs graphs with SameDiff's session and as a compiled plan, and holds the two against another.
 */
public final class BothExecutors {
  private BothExecutors() {}

  /**
   * The variables' values, after checking that both executors give the same shapes and, up to the
   * rounding of a few dozen operations in another order, the same numbers.
   */
  public static Map<String, INDArray> evaluate(
      SameDiff graph, Map<String, INDArray> inputs, List<String> variables) {
    Map<String, INDArray> planned = plan(graph, inputs, variables);
    Map<String, INDArray> reference = session(graph, inputs, variables);
    for (String variable : variables) {
      INDArray expected = reference.get(variable);
      assertClose(variable, planned.get(variable), expected, tolerance(expected.dataType()));
    }
    return planned;
  }

  /** The variables' values by the compiled plan. */
  public static Map<String, INDArray> plan(
      SameDiff graph, Map<String, INDArray> inputs, List<String> variables) {
    Map<String, INDArray> results = resultArrays(graph, inputs, variables);
    try (Plan plan = Plan.compile(graph, inputs, results)) {
      plan.run();
    }
    return results;
  }

  /** The variables' values by SameDiff's session. */
  public static Map<String, INDArray> session(
      SameDiff graph, Map<String, INDArray> inputs, List<String> variables) {
    // The session may put an array that it was given on a free list, so it gets copies.
    Map<String, INDArray> copies = new HashMap<>();
    inputs.forEach((name, array) -> copies.put(name, array.dup('c')));
    return graph.output(copies, variables.toArray(new String[0]));
  }

  /** Arrays full of NaN for the variables: whatever a plan does not write shows. */
  public static Map<String, INDArray> resultArrays(
      SameDiff graph, Map<String, INDArray> inputs, List<String> variables) {
    Map<String, long[]> shapes = new HashMap<>();
    inputs.forEach((name, array) -> shapes.put(name, array.shape()));
    StaticShapes inferred = new StaticShapes(graph, shapes);
    Map<String, INDArray> results = new LinkedHashMap<>();
    for (String variable : variables) {
      DataType type = graph.getVariable(variable).dataType();
      results.put(variable, Nd4j.valueArrayOf(inferred.of(variable), Double.NaN, type));
    }
    return results;
  }

  /** Agreement of shapes, and of each value relative to the array's greatest, or to 1. */
  public static void assertClose(
      String what, INDArray actual, INDArray expected, double tolerance) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double[] found = values(actual);
    double[] wanted = values(expected);
    double scale = Math.max(1, Arrays.stream(wanted).map(Math::abs).max().orElse(0));
    for (int i = 0; i < wanted.length; i++) {
      // Not isCloseTo(): thousands of descriptions are slow to make.
      if (!(Math.abs(found[i] - wanted[i]) <= tolerance * scale)) {
        throw new AssertionError(
            String.format(
                "%s at %d: expected %s within %s, found %s",
                what, i, wanted[i], tolerance * scale, found[i]));
      }
    }
  }

  /** The values in row-major order. */
  public static double[] values(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  private static double tolerance(DataType type) {
    return type == DataType.DOUBLE ? 1e-10 : 1e-5;
  }
}
