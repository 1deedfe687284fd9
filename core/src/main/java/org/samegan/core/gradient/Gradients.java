package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.TopologicalOrder;

/**
 * Reverse-mode differentiation as a transformation of graphs: the gradient is emitted into the
 * graph it is a gradient of, from one rule for each kind of op. The rules are closed under
 * differentiation, so gradients of gradients are had by asking again.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Emits the gradients of a scalar.
   *
   * @param loss a variable with one element
   * @param variables what to differentiate by
   * @return for each variable a gradient of its shape; zeros if the loss does not depend on it
   * @throws IllegalArgumentException if the loss is not a scalar, a placeholder has no static
   *     shape, or an op in between has no rule
   */
  public static List<SDVariable> of(SDVariable loss, List<SDVariable> variables) {
    return of(loss, variables, Map.of());
  }

  /**
   * Emits the gradients of a scalar, with placeholder shapes that the graph leaves open.
   *
   * @param placeholders shapes by name
   */
  public static List<SDVariable> of(
      SDVariable loss, List<SDVariable> variables, Map<String, long[]> placeholders) {
    SameDiff graph = loss.getSameDiff();
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    long[] lossShape = shapes.of(loss);
    if (Arrays.stream(lossShape).reduce(1, (a, b) -> a * b) != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "only a scalar can be differentiated, found '%s' of shape %s; take its sum or mean",
              loss.name(),
              Arrays.toString(lossShape)));
    }
    List<SameDiffOp> order = TopologicalOrder.of(graph, List.of(loss.name()));
    Set<String> dependent = dependent(order, variables);
    Map<String, SDVariable> gradients = new HashMap<>();
    gradients.put(loss.name(), graph.constant(Nd4j.ones(loss.dataType(), lossShape)));
    for (int i = order.size() - 1; i >= 0; i--) {
      passBack(graph, shapes, order.get(i), dependent, gradients);
    }
    List<SDVariable> result = new ArrayList<>();
    for (SDVariable variable : variables) {
      long[] shape = shapes.of(variable);
      SDVariable gradient = gradients.get(variable.name());
      result.add(
          gradient == null
              ? graph.constant(Nd4j.zeros(variable.dataType(), shape))
              : Broadcasting.expand(graph, shapes, gradient, shape));
    }
    return result;
  }

  /** The variables whose value depends on one of the given. */
  private static Set<String> dependent(List<SameDiffOp> order, List<SDVariable> variables) {
    Set<String> dependent = new HashSet<>();
    variables.forEach(variable -> dependent.add(variable.name()));
    for (SameDiffOp op : order) {
      if (op.getInputsToOp() != null && op.getInputsToOp().stream().anyMatch(dependent::contains)) {
        dependent.addAll(op.getOutputsOfOp());
      }
    }
    return dependent;
  }

  private static void passBack(
      SameDiff graph,
      StaticShapes shapes,
      SameDiffOp node,
      Set<String> dependent,
      Map<String, SDVariable> gradients) {
    List<SDVariable> arrived = new ArrayList<>();
    node.getOutputsOfOp().forEach(output -> arrived.add(gradients.get(output)));
    List<String> inputs = node.getInputsToOp();
    if (arrived.stream().allMatch(gradient -> gradient == null)
        || inputs == null
        || inputs.stream().noneMatch(dependent::contains)) {
      return;
    }
    boolean[] needed = new boolean[inputs.size()];
    for (int i = 0; i < needed.length; i++) {
      DataType type = graph.getVariable(inputs.get(i)).dataType();
      needed[i] = dependent.contains(inputs.get(i)) && type.isFPType();
    }
    OpGradient op =
        new OpGradient(
            graph,
            shapes,
            node.getOp(),
            inputs.stream().map(graph::getVariable).toList(),
            node.getOutputsOfOp().stream().map(graph::getVariable).toList(),
            arrived,
            needed);
    List<SDVariable> emitted = GradientRules.of(node.getOp().opName()).emit(op);
    for (int i = 0; i < needed.length; i++) {
      op.require(
          !needed[i] || i < emitted.size(),
          inputs.size() + " inputs",
          emitted.size() + " inputs that depend on anything");
      if (needed[i] && emitted.get(i) != null) {
        DataType type = graph.getVariable(inputs.get(i)).dataType();
        op.require(
            emitted.get(i).dataType() == type,
            "operands of different types",
            "operands and a result of one type; cast them");
        gradients.merge(inputs.get(i), emitted.get(i), SDVariable::add);
      }
    }
  }
}
