package org.samegan.torch.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.Plan;
import org.samegan.core.graph.StaticShapes;

/**
 * Where a graph's functions bend at 0. A value within rounding of 0 there may be positive by one
 * order of summation and negative by another, and gradients then differ by its share of the sums
 * that they are, which is no fault of either.
 */
final class BendPoints {
  private static final Set<String> BENT =
      Set.of("relu", "leakyrelu", "thresholdedrelu_bp", "lrelu_bp", "abs", "sign");

  /** Of the greatest value: the rounding, in float, of a sum of some hundred values. */
  private static final double ROUNDING = 1e-6;

  private BendPoints() {}

  /**
   * The value nearest to a bend, in words, if it is so near that float can't tell the side.
   *
   * @param graph in double
   */
  static Optional<String> undecided(SameDiff graph, Map<String, INDArray> inputs) {
    Map<String, long[]> placeholders = new LinkedHashMap<>();
    inputs.forEach((name, array) -> placeholders.put(name, array.shape()));
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    Map<String, INDArray> found = new LinkedHashMap<>();
    for (String name : names(graph)) {
      SDVariable variable = graph.getVariable(name);
      if (variable.getVariableType() == VariableType.ARRAY) {
        found.put(name, Nd4j.zeros(variable.dataType(), shapes.of(name)));
      } else if (inputs.containsKey(name)) {
        found.put(name, inputs.get(name));
      }
    }
    Map<String, INDArray> computed = new LinkedHashMap<>(found);
    computed.keySet().removeAll(inputs.keySet());
    try (Plan plan = Plan.compile(graph, inputs, computed)) {
      plan.run();
    }
    for (Map.Entry<String, INDArray> entry : found.entrySet()) {
      double[] values = entry.getValue().dup('c').data().asDouble();
      double greatest = entry.getValue().amaxNumber().doubleValue();
      for (int i = 0; i < values.length; i++) {
        if (Math.abs(values[i]) <= ROUNDING * greatest) {
          return Optional.of(
              String.format(
                  "value %d of %s is %s beside values of %s",
                  i, entry.getKey(), values[i], greatest));
        }
      }
    }
    return Optional.empty();
  }

  private static Set<String> names(SameDiff graph) {
    Set<String> names = new TreeSet<>();
    for (SameDiffOp op : graph.getOps().values()) {
      if (BENT.contains(op.getOp().opName())) {
        names.add(List.copyOf(op.getInputsToOp()).get(0));
      }
    }
    return names;
  }
}
