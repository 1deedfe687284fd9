package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.Reduction;
import org.samegan.core.graph.StaticShapes;

/**
 * Turns a graph's ops into kernels. An op without an entry here runs as it is; the entries replace
 * ops whose own kernel is slow by the same function in faster ones (the measurements are in {@code
 * docs/performance.md}).
 */
final class Lowering {
  private static final Set<String> ELEMENTWISE =
      Set.of("add", "subtract", "multiply", "divide", "maximum", "minimum", "relu", "tanh");

  private final SameDiff graph;
  private final StaticShapes shapes;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Value> constants = new HashMap<>();
  private final List<Kernel> kernels = new ArrayList<>();

  Lowering(SameDiff graph, StaticShapes shapes, Map<String, INDArray> inputs) {
    this.graph = graph;
    this.shapes = shapes;
    inputs.forEach((name, array) -> values.put(name, Value.bound(array)));
  }

  List<Kernel> kernels() {
    return kernels;
  }

  /** The value of a variable whose ops have been lowered. */
  Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      SDVariable variable = graph.getVariable(name);
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        throw new IllegalArgumentException(
            String.format("placeholder '%s' is needed but no array was given for it", name));
      }
      value = Value.bound(variable.getArr().dup('c'));
      values.put(name, value);
    }
    return value;
  }

  void lower(SameDiffOp node) {
    DifferentialFunction op = node.getOp();
    List<Value> inputs = new ArrayList<>();
    if (node.getInputsToOp() != null) {
      node.getInputsToOp().forEach(input -> inputs.add(value(input)));
    }
    Value x = inputs.get(0);
    List<Value> outputs = new ArrayList<>();
    for (String output : node.getOutputsOfOp()) {
      DataType type = graph.getVariable(output).dataType();
      outputs.add(Value.planned(type, shapes.of(output)));
    }
    Value y = outputs.get(0);
    switch (op.opName()) {
      case "reshape", "identity", "stop_gradient" -> y = x.reshaped(y.shape());
      case "add_scalar" -> each("add", y, x, scalar(op, y));
      case "sub_scalar" -> each("subtract", y, x, scalar(op, y));
      case "rsub_scalar" -> each("subtract", y, scalar(op, y), x);
      case "mul_scalar" -> each("multiply", y, x, scalar(op, y));
      case "div_scalar" -> each("divide", y, x, scalar(op, y));
      case "rdiv_scalar" -> each("divide", y, scalar(op, y), x);
      case "neg" -> each("multiply", y, x, constant(y.type(), -1));
      case "square" -> each("multiply", y, x, x);
      case "tanh" -> each("tanh", y, x);
      case "sigmoid" -> sigmoid(y, x);
      case "relu" -> each("maximum", y, x, scalar(op, y));
      case "leakyrelu" -> leakyRelu(y, x, scalar(op, y));
      case "lrelu_bp" -> slopes(y, x, inputs.get(1), real(op, 0), 0);
      case "thresholdedrelu_bp" -> slopes(y, x, inputs.get(1), 0, real(op, 0));
      case "reduce_sum", "reduce_mean", "reduce_max" -> y = reduce(y, x, (BaseReduceOp) op);
      default -> asItIs(op, inputs, outputs);
    }
    values.put(node.getOutputsOfOp().get(0), y);
    for (int i = 1; i < outputs.size(); i++) {
      values.put(node.getOutputsOfOp().get(i), outputs.get(i));
    }
  }

  /** Adds a copy, for a result whose memory can't be the caller's from the start. */
  void copy(Value from, INDArray to) {
    Value target = Value.bound(to);
    each("assign", target, target, from.reshaped(to.shape()));
  }

  private void asItIs(DifferentialFunction op, List<Value> inputs, List<Value> outputs) {
    if (op instanceof DynamicCustomOp custom) {
      boolean each = ELEMENTWISE.contains(op.opName());
      kernels.add(new Kernel.Custom(custom, inputs, outputs, each));
    } else {
      boolean reduces = op instanceof BaseReduceOp;
      kernels.add(new Kernel.Numbered((Op) op, inputs, outputs, !reduces));
    }
  }

  /** 1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2. */
  private void sigmoid(Value y, Value x) {
    Value half = constant(y.type(), 0.5);
    Value a = like(y);
    Value b = like(y);
    Value c = like(y);
    each("multiply", a, x, half);
    each("tanh", b, a);
    each("multiply", c, b, half);
    each("add", y, c, half);
  }

  /** max(x, slope x), for slopes below 1. */
  private void leakyRelu(Value y, Value x, Value slope) {
    Value scaled = like(y);
    each("multiply", scaled, x, slope);
    each("maximum", y, x, scaled);
  }

  /**
   * The gradient times the slope at x: 1 above the cutoff and {@code low} below or at it. The slope
   * is clip(huge (x - cutoff), low, 1), three cheap passes where a comparison and a choice cost
   * more.
   */
  private void slopes(Value y, Value x, Value gradient, double low, double cutoff) {
    Value shifted = x;
    if (cutoff != 0) {
      shifted = like(y);
      each("subtract", shifted, x, constant(y.type(), cutoff));
    }
    Value steep = like(y);
    Value floored = like(y);
    Value slope = like(y);
    each("multiply", steep, shifted, constant(y.type(), 1e30));
    each("maximum", floored, steep, constant(y.type(), low));
    each("minimum", slope, floored, constant(y.type(), 1));
    each("multiply", y, slope, gradient);
  }

  /** Over axes of extent 1 no value changes, and the native ops fail. */
  private Value reduce(Value y, Value x, BaseReduceOp op) {
    Reduction reduction = Reduction.of(op, x.shape());
    if (reduction.count() == 1) {
      return x.reshaped(y.shape());
    }
    boolean outer = reduction.leading() || reduction.trailing();
    if (outer && !op.opName().equals("reduce_max")) {
      sum(y, x, reduction, op.opName().equals("reduce_mean"));
    } else {
      asItIs((DifferentialFunction) op, List.of(x), List.of(y));
    }
    return y;
  }

  /** Sums over the first or the last axes are products with a row or a column of equal weights. */
  private void sum(Value y, Value x, Reduction reduction, boolean mean) {
    long count = reduction.count();
    double weight = mean ? 1.0 / count : 1;
    long rest = x.elements() / count;
    if (reduction.leading()) {
      matmul(y, row(x.type(), count, weight), 1, count, x, rest);
    } else {
      matmul(y, x, rest, count, row(x.type(), count, weight), 1);
    }
  }

  private void matmul(Value y, Value a, long rows, long inner, Value b, long columns) {
    kernels.add(
        Kernel.Custom.named(
            "matmul",
            false,
            y.reshaped(new long[] {rows, columns}),
            a.reshaped(new long[] {rows, inner}),
            b.reshaped(new long[] {inner, columns})));
  }

  private void each(String name, Value output, Value... inputs) {
    kernels.add(Kernel.Custom.named(name, true, output, inputs));
  }

  private static Value like(Value value) {
    return Value.planned(value.type(), value.shape());
  }

  private Value scalar(DifferentialFunction op, Value like) {
    return constant(like.type(), ((ScalarOp) op).scalar().getDouble(0));
  }

  private static double real(DifferentialFunction op, int index) {
    return ((DynamicCustomOp) op).tArgs()[index];
  }

  private Value constant(DataType type, double value) {
    return constants.computeIfAbsent(
        type + " " + value, key -> Value.bound(Nd4j.scalar(type, value)));
  }

  private Value row(DataType type, long count, double value) {
    return constants.computeIfAbsent(
        type + " " + value + " x " + count,
        key -> Value.bound(Nd4j.valueArrayOf(new long[] {count}, value, type)));
  }
}
