package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
import org.nd4j.linalg.api.ops.ScalarOp;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.TopologicalOrder;

/**
 * Turns a graph's ops into kernels. An op without an entry here runs as it is; the entries replace
 * ops whose own kernel is slow by the same function in faster ones (the measurements are in {@code
 * docs/performance.md}). The same function is meant for NaN and infinity too, and where a faster
 * form is not the same for all arguments and types, it is used for the others only.
 *
 * <p>Two differences are meant: at 0 the gradient of a leaky ReLU is its slope, and where a ReLU's
 * gradient is 0, an infinite gradient gives NaN. Neither makes a diverged value look finite.
 */
final class Lowering {
  private static final Set<String> ELEMENTWISE =
      Set.of("add", "subtract", "multiply", "divide", "maximum", "minimum", "relu", "tanh");

  private static final Set<String> CONVOLUTIONS =
      Set.of("conv2d", "deconv2d", "conv2d_bp", "deconv2d_bp");

  private final SameDiff graph;
  private final StaticShapes shapes;
  private final Map<String, Value> values = new HashMap<>();
  private final VariableScopes<String> scopes = new VariableScopes<>();
  private final KernelList kernels = new KernelList();
  private final List<SameDiffOp> order;
  private final Set<String> needed;
  private final Borders borders;
  private final ConvolutionLowering convolutions;

  /** Ops that are lowered when something reads what they make. */
  private final Map<String, SameDiffOp> deferred = new HashMap<>();

  /**
   * For the ops behind some variables of a graph.
   *
   * @param inputs arrays that are used where they are
   * @param results the variables
   */
  Lowering(SameDiff graph, StaticShapes shapes, Map<String, INDArray> inputs, Set<String> results) {
    this.graph = graph;
    this.shapes = shapes;
    order = TopologicalOrder.of(graph, results);
    needed = TopologicalOrder.needed(order, results);
    borders = new Borders(graph, shapes, order, results);
    convolutions = new ConvolutionLowering(kernels, borders, this::value);
    inputs.forEach(
        (name, array) -> {
          values.put(name, Value.bound(array));
          scopes.variable(name, name);
        });
  }

  /** What has been emitted, and the arrays that it needs of its own. */
  KernelList kernels() {
    return kernels;
  }

  /** Lowers all ops. */
  void lower() {
    for (SameDiffOp op : order) {
      String first = op.getOutputsOfOp().get(0);
      scopes.computed(read(op), op.getOutputsOfOp());
      if (borders.added(first).isPresent()) {
        deferred.put(first, op);
      } else if (!values.containsKey(first)) {
        lower(op);
      }
    }
  }

  /** The value of a variable whose ops have been lowered. */
  Value value(String name) {
    SameDiffOp unread = deferred.remove(name);
    if (unread != null) {
      lower(unread);
    }
    Value value = values.get(name);
    if (value == null) {
      SDVariable variable = graph.getVariable(name);
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "placeholder '%s' is needed but no array was given for it", name));
      }
      value = kernels.own(variable.getArr().dup('c'));
      values.put(name, value);
      if (variable.isConstant()) {
        scopes.constant(name);
      } else {
        scopes.variable(name, name);
      }
    }
    return value;
  }

  private void lower(SameDiffOp node) {
    List<Value> outputs = new ArrayList<>();
    List<Boolean> wanted = new ArrayList<>();
    for (String output : node.getOutputsOfOp()) {
      DataType type = graph.getVariable(output).dataType();
      wanted.add(needed.contains(output));
      outputs.add(Value.planned(type, shapes.of(output)));
    }
    List<String> read = read(node);
    if (CONVOLUTIONS.contains(node.getOp().opName()) && isReal(outputs.get(0).type())) {
      Map<String, Value> computed = convolutions.emit(node, outputs, wanted, scopes.of(read));
      values.putAll(computed);
      if (!computed.isEmpty()) {
        return;
      }
    }
    List<Value> inputs = new ArrayList<>();
    read.forEach(input -> inputs.add(value(input)));
    kernels.reading(scopes.of(read));
    values.put(node.getOutputsOfOp().get(0), emit(node.getOp(), inputs, outputs));
    for (int i = 1; i < outputs.size(); i++) {
      values.put(node.getOutputsOfOp().get(i), outputs.get(i));
    }
  }

  private static List<String> read(SameDiffOp op) {
    return op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
  }

  private static boolean isReal(DataType type) {
    return type == DataType.FLOAT || type == DataType.DOUBLE;
  }

  /** The first output's value: the one that was planned, or another name for an input's. */
  private Value emit(DifferentialFunction op, List<Value> inputs, List<Value> outputs) {
    Value x = inputs.get(0);
    Value y = outputs.get(0);
    boolean real = isReal(y.type());
    boolean oneType = inputs.stream().allMatch(input -> input.type() == y.type());
    switch (op.opName()) {
      case "reshape" -> {
        requireRowMajor(op);
        return x.reshaped(y.shape());
      }
      case "identity", "stop_gradient" -> {
        return x.reshaped(y.shape());
      }
      case "reduce_sum", "reduce_mean", "reduce_max" -> {
        return ReductionLowering.emit(kernels, y, x, op, real && oneType);
      }
      default -> {
        if (!real || !oneType || !replaced(op, inputs, y)) {
          asItIs(op, inputs, outputs);
        }
        return y;
      }
    }
  }

  /** Emits the faster form of an op on floats or doubles, if there is one. */
  private boolean replaced(DifferentialFunction op, List<Value> inputs, Value y) {
    Value x = inputs.get(0);
    switch (op.opName()) {
      case "add_scalar" -> kernels.each("add", y, x, kernels.constant(y.type(), scalar(op)));
      case "sub_scalar" -> kernels.each("subtract", y, x, kernels.constant(y.type(), scalar(op)));
      case "rsub_scalar" -> kernels.each("subtract", y, kernels.constant(y.type(), scalar(op)), x);
      case "mul_scalar" -> kernels.each("multiply", y, x, kernels.constant(y.type(), scalar(op)));
      case "div_scalar" -> kernels.each("divide", y, x, kernels.constant(y.type(), scalar(op)));
      case "rdiv_scalar" -> kernels.each("divide", y, kernels.constant(y.type(), scalar(op)), x);
      case "neg" -> kernels.each("multiply", y, x, kernels.constant(y.type(), -1));
      case "square" -> kernels.each("multiply", y, x, x);
      case "tanh" -> kernels.each("tanh", y, x);
      case "sigmoid" -> sigmoid(y, x);
      case "relu" -> kernels.add(Kernel.Custom.relu(y, x, scalar(op)));
      case "leakyrelu" -> {
        return leakyRelu(y, x, scalar(op));
      }
      case "lrelu_bp" -> {
        return slopes(y, x, inputs.get(1), real(op, 0), 0);
      }
      case "thresholdedrelu_bp" -> {
        return slopes(y, x, inputs.get(1), 0, real(op, 0));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A reshaped value is the same memory, in the order that it lies in. */
  private static void requireRowMajor(DifferentialFunction op) {
    long[] arguments = ((DynamicCustomOp) op).iArgs();
    if (arguments.length > 0 && arguments[0] == -'f') {
      throw new IllegalArgumentException(
          "reshape can be compiled in row-major order, 'c', only, found 'f'");
    }
  }

  /** Adds a copy, for a result whose memory can't be the caller's from the start. */
  void copy(Value from, INDArray to) {
    Value target = Value.bound(to);
    kernels.reading(List.of());
    kernels.each("assign", target, target, from.reshaped(to.shape()));
  }

  private void asItIs(DifferentialFunction op, List<Value> inputs, List<Value> outputs) {
    boolean each =
        op instanceof DynamicCustomOp
            ? ELEMENTWISE.contains(op.opName())
            : !(op instanceof BaseReduceOp);
    kernels.asItIs(op, inputs, outputs, each);
  }

  /** 1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2. */
  private void sigmoid(Value y, Value x) {
    Value half = kernels.constant(y.type(), 0.5);
    Value a = KernelList.like(y);
    Value b = KernelList.like(y);
    Value c = KernelList.like(y);
    kernels.each("multiply", a, x, half);
    kernels.each("tanh", b, a);
    kernels.each("multiply", c, b, half);
    kernels.each("add", y, c, half);
  }

  /**
   * max(slope x, x), for slopes between 0 and 1 alone; at 0 the product with infinity is NaN. In
   * this order the native maximum keeps a NaN.
   */
  private boolean leakyRelu(Value y, Value x, double slope) {
    if (!(slope > 0 && slope < 1)) {
      return false;
    }
    Value scaled = KernelList.like(y);
    kernels.each("multiply", scaled, x, kernels.constant(y.type(), slope));
    kernels.each("maximum", y, scaled, x);
    return true;
  }

  /**
   * The gradient times the slope at x: 1 above the cutoff and {@code low}, at most 1, below or at
   * it. The slope is clip(infinity (x - cutoff), low, 1), three cheap passes where a comparison and
   * a choice cost more. At the cutoff the product is NaN, which the native maximum with a single
   * number passes over.
   */
  private boolean slopes(Value y, Value x, Value gradient, double low, double cutoff) {
    if (!(low <= 1)) {
      return false;
    }
    Value shifted = x;
    if (cutoff != 0) {
      shifted = KernelList.like(y);
      kernels.each("subtract", shifted, x, kernels.constant(y.type(), cutoff));
    }
    Value steep = KernelList.like(y);
    Value floored = KernelList.like(y);
    Value slope = KernelList.like(y);
    kernels.each("multiply", steep, shifted, kernels.constant(y.type(), Double.POSITIVE_INFINITY));
    kernels.each("maximum", floored, steep, kernels.constant(y.type(), low));
    kernels.each("minimum", slope, floored, kernels.constant(y.type(), 1));
    kernels.each("multiply", y, slope, gradient);
    return true;
  }

  private static double scalar(DifferentialFunction op) {
    return ((ScalarOp) op).scalar().getDouble(0);
  }

  private static double real(DifferentialFunction op, int index) {
    return ((DynamicCustomOp) op).tArgs()[index];
  }
}
