package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
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
 * What a compiled plan and SameDiff's session make of the same graph and inputs.
 *
 * @param planned the plan's results by name
 * @param expected the session's
 */
record BothExecutors(Map<String, INDArray> planned, Map<String, INDArray> expected) {
  static BothExecutors run(SameDiff graph, Map<String, INDArray> inputs, List<String> wanted) {
    Map<String, long[]> given = new HashMap<>();
    Map<String, INDArray> copies = new HashMap<>();
    inputs.forEach((name, array) -> given.put(name, array.shape()));
    inputs.forEach((name, array) -> copies.put(name, array.dup('c')));
    StaticShapes shapes = new StaticShapes(graph, given);
    Map<String, INDArray> planned = new LinkedHashMap<>();
    for (String name : wanted) {
      DataType type = graph.getVariable(name).dataType();
      planned.put(name, Nd4j.valueArrayOf(shapes.of(name), Double.NaN, type));
    }
    try (Plan plan = Plan.compile(graph, inputs, planned)) {
      plan.run();
    }
    return new BothExecutors(planned, graph.output(copies, wanted.toArray(new String[0])));
  }

  /** The greatest difference of any result, as a part of its greatest value. */
  double difference() {
    double greatest = 0;
    for (Map.Entry<String, INDArray> found : planned.entrySet()) {
      INDArray wanted = expected.get(found.getKey());
      INDArray apart = found.getValue().castTo(DataType.DOUBLE).sub(wanted.castTo(DataType.DOUBLE));
      greatest = Math.max(greatest, greatest(apart) / greatest(wanted));
    }
    return greatest;
  }

  /** Only these results. */
  BothExecutors only(Collection<String> names) {
    Map<String, INDArray> ofPlan = new LinkedHashMap<>(planned);
    Map<String, INDArray> ofSession = new HashMap<>(expected);
    ofPlan.keySet().retainAll(names);
    ofSession.keySet().retainAll(names);
    return new BothExecutors(ofPlan, ofSession);
  }

  /** The greatest value that any result should have. */
  double greatest() {
    return expected.values().stream().mapToDouble(BothExecutors::greatest).max().orElseThrow();
  }

  /**
   * Compares every result.
   *
   * @param tolerance of a result's greatest value
   * @param floor what counts as the greatest value where that is less
   */
  void requireSame(double tolerance, double floor) {
    planned.forEach(
        (name, array) -> {
          assertThat(array.shape()).isEqualTo(expected.get(name).shape());
          double[] found = array.data().asDouble();
          double[] values = expected.get(name).dup('c').data().asDouble();
          double allowed = tolerance * Math.max(floor, greatest(expected.get(name)));
          for (int i = 0; i < found.length; i++) {
            // Not within(): a million soft values are slow to assert.
            if (!(Math.abs(found[i] - values[i]) <= allowed)) {
              throw new AssertionError(
                  String.format(
                      "%s, value %d: expected %s within %s, found %s",
                      name, i, values[i], allowed, found[i]));
            }
          }
        });
  }

  private static double greatest(INDArray values) {
    return values.amaxNumber().doubleValue();
  }
}
