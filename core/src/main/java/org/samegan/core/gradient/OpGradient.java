package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;

/**
 * What a rule sees of one op: its inputs and outputs, the gradients that have arrived at its
 * outputs, and which inputs need one.
 *
 * <p>A gradient may have a smaller shape that broadcasts to its variable's: the gradient of a mean
 * is one number however many values went in. {@link #dense} spells it out where an op needs that.
 */
final class OpGradient {
  private final SameDiff graph;
  private final StaticShapes shapes;
  private final DifferentialFunction op;
  private final List<SDVariable> inputs;
  private final List<SDVariable> outputs;
  private final List<SDVariable> arrived;
  private final boolean[] needed;

  OpGradient(
      SameDiff graph,
      StaticShapes shapes,
      DifferentialFunction op,
      List<SDVariable> inputs,
      List<SDVariable> outputs,
      List<SDVariable> arrived,
      boolean[] needed) {
    this.graph = graph;
    this.shapes = shapes;
    this.op = op;
    this.inputs = inputs;
    this.outputs = outputs;
    this.arrived = arrived;
    this.needed = needed;
  }

  SameDiff graph() {
    return graph;
  }

  DifferentialFunction op() {
    return op;
  }

  /** The number of inputs. */
  int inputs() {
    return inputs.size();
  }

  /**
   * Refuses an op that was given another number of inputs than its rule knows what to do with.
   *
   * @param expected what they are, for the message
   * @throws IllegalArgumentException if there are more or fewer
   */
  void requireInputs(int count, String expected) {
    require(
        inputs.size() == count,
        inputs.size() + " inputs",
        String.format(Locale.ROOT, "%d of them, %s", count, expected));
  }

  /**
   * Refuses an argument that the rule would have to ignore: a gradient that ignored it would be
   * that of another function.
   *
   * @param found the argument and its value
   * @param supported what the rule knows
   * @throws IllegalArgumentException unless the rule handles it
   */
  void require(boolean handled, String found, String supported) {
    if (!handled) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "op '%s' of '%s' has %s, with which it can't be differentiated; supported: %s",
              op.opName(),
              output().name(),
              found,
              supported));
    }
  }

  SDVariable input(int index) {
    return inputs.get(index);
  }

  SDVariable output() {
    return outputs.get(0);
  }

  boolean needs(int input) {
    return needed[input];
  }

  long[] shape(SDVariable variable) {
    return shapes.of(variable);
  }

  /** The gradient at the only output, perhaps of a smaller shape. */
  SDVariable gradient() {
    return arrived.get(0);
  }

  /** The gradient at an output in full shape, or null if nothing depends on that output. */
  SDVariable denseGradient(int output) {
    SDVariable gradient = arrived.get(output);
    return gradient == null ? null : dense(gradient, shape(outputs.get(output)));
  }

  /** A gradient in full shape. */
  SDVariable dense(SDVariable gradient, long[] shape) {
    return Broadcasting.expand(graph, shapes, gradient, shape);
  }

  /**
   * The gradient for an input that was broadcast to the output's shape: summed over the axes along
   * which it was repeated.
   */
  SDVariable unbroadcast(SDVariable gradient, int input) {
    return Broadcasting.reduce(shapes, gradient, shape(output()), shape(input(input)));
  }

  static List<SDVariable> list(SDVariable... gradients) {
    return new ArrayList<>(Arrays.asList(gradients));
  }

  /** A scalar or small constant of the op's type. */
  SDVariable constant(long[] shape, double value) {
    return graph.constant(Nd4j.valueArrayOf(shape, value, output().dataType()));
  }
}
