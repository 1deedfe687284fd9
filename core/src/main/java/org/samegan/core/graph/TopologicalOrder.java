package org.samegan.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** The ops of a graph that some of its variables need, each after the ops it needs itself. */
public final class TopologicalOrder {
  private TopologicalOrder() {}

  /**
   * Orders the ops behind these variables; all others are left out.
   *
   * @param graph any SameDiff graph without control flow
   * @param variables names of variables of the graph
   */
  public static List<SameDiffOp> of(SameDiff graph, Collection<String> variables) {
    List<SameDiffOp> order = new ArrayList<>();
    Set<String> entered = new HashSet<>();
    Set<String> done = new HashSet<>();
    Deque<SameDiffOp> stack = new ArrayDeque<>();
    for (String variable : variables) {
      push(stack, graph, variable, done);
      while (!stack.isEmpty()) {
        SameDiffOp op = stack.peek();
        if (entered.add(op.getName())) {
          List<String> inputs = op.getInputsToOp();
          // Pushed last to first, so that they are computed first to last.
          for (int i = inputs == null ? -1 : inputs.size() - 1; i >= 0; i--) {
            push(stack, graph, inputs.get(i), done);
          }
        } else {
          stack.pop();
          if (done.add(op.getName())) {
            order.add(op);
          }
        }
      }
    }
    return order;
  }

  /** The variables that these ops read, and these others. */
  public static Set<String> needed(Collection<SameDiffOp> ops, Collection<String> variables) {
    Set<String> needed = new HashSet<>(variables);
    ops.stream()
        .filter(op -> op.getInputsToOp() != null)
        .forEach(op -> needed.addAll(op.getInputsToOp()));
    return needed;
  }

  private static void push(
      Deque<SameDiffOp> stack, SameDiff graph, String variable, Set<String> done) {
    SameDiffOp producer = producer(graph, variable);
    if (producer != null && !done.contains(producer.getName())) {
      stack.push(producer);
    }
  }

  /** The op that computes a variable, or null for a placeholder, a constant or a parameter. */
  static SameDiffOp producer(SameDiff graph, String variable) {
    var node = graph.getVariables().get(variable);
    if (node == null) {
      throw new IllegalArgumentException("the graph has no variable named '" + variable + "'");
    }
    return node.getOutputOfOp() == null ? null : graph.getOps().get(node.getOutputOfOp());
  }
}
