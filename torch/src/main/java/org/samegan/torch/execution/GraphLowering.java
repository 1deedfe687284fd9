package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.TopologicalOrder;
import org.samegan.torch.device.DeviceTensor;

/** Emits what a graph computes, op by op. */
final class GraphLowering {
  private final SameDiff graph;
  private final StaticShapes shapes;
  private final Emission emission;
  private final Map<String, Value> values = new HashMap<>();

  /** Ops that perhaps nothing reads, as they are parts of a pattern. */
  private final Map<String, SameDiffOp> deferred = new HashMap<>();

  private final Map<BatchNormPattern.Forward, BatchNormRules.Normalised> normalised =
      new HashMap<>();
  private Set<String> needed;

  GraphLowering(SameDiff graph, StaticShapes shapes, Emission emission) {
    this.graph = graph;
    this.shapes = shapes;
    this.emission = emission;
  }

  /** Gives a variable its value. */
  void bind(String name, Value value) {
    values.put(name, value);
  }

  /** Emits the ops behind these variables, and copies of them as soon as they are there. */
  void lower(Map<String, DeviceTensor> results) {
    List<SameDiffOp> order = TopologicalOrder.of(graph, results.keySet());
    needed = TopologicalOrder.needed(order, results.keySet());
    Map<String, DeviceTensor> missing = new LinkedHashMap<>(results);
    BatchNormPattern norms = new BatchNormPattern(shapes, order);
    for (SameDiffOp op : order) {
      lower(op, norms);
      for (String output : op.getOutputsOfOp()) {
        if (missing.containsKey(output) && !deferred.containsKey(output)) {
          store(output, missing.remove(output));
        }
      }
    }
    missing.forEach(this::store);
  }

  private void store(String name, DeviceTensor target) {
    emission.store(emission.tensor(value(name)), target);
  }

  private void lower(SameDiffOp op, BatchNormPattern norms) {
    String name = op.getOutputsOfOp().get(0);
    if (norms.isInner(name)) {
      deferred.put(name, op);
    } else if (norms.forwardTo(name).isPresent()) {
      normalise(norms.forwardTo(name).get());
    } else if (norms.backwardTo(name).isPresent()) {
      differentiate(norms.backwardTo(name).get());
    } else {
      lower(op);
    }
  }

  private void normalise(BatchNormPattern.Forward norm) {
    Value x = value(norm.x());
    BatchNormRules.Normalised result =
        BatchNormRules.forward(
            emission,
            x,
            emission.tensor(value(norm.gain())),
            emission.tensor(value(norm.bias())),
            norm.epsilon());
    normalised.put(norm, result);
    long[] channels = shapes.of(norm.mean());
    set(norm.y(), result.y(), x.shape());
    set(norm.mean(), result.mean(), channels);
    int variance = BatchNormRules.variance(emission, result.inverse(), x.type(), norm.epsilon());
    set(norm.variance(), variance, channels);
  }

  private void differentiate(BatchNormPattern.Backward gradient) {
    BatchNormPattern.Forward norm = gradient.forward();
    Value x = value(norm.x());
    int[] results =
        BatchNormRules.backward(
            emission,
            value(gradient.gradient()),
            x,
            emission.tensor(value(norm.gain())),
            normalised.get(norm),
            norm.epsilon());
    set(gradient.x(), results[0], x.shape());
    set(gradient.gain(), results[1], shapes.of(gradient.gain()));
    if (gradient.bias() != null) {
      set(gradient.bias(), results[2], shapes.of(gradient.bias()));
    }
  }

  private void set(String name, int register, long[] shape) {
    emission.expect(register, name, shape);
    values.put(name, Value.tensor(register, shape, graph.getVariable(name).dataType()));
  }

  private void lower(SameDiffOp node) {
    List<String> names = node.getInputsToOp() == null ? List.of() : node.getInputsToOp();
    List<INDArray> constants = new ArrayList<>();
    List<LoweredOp.Output> outputs = new ArrayList<>();
    for (String name : names) {
      SDVariable variable = graph.getVariable(name);
      constants.add(variable.isConstant() ? variable.getArr() : null);
    }
    for (String name : node.getOutputsOfOp()) {
      outputs.add(
          new LoweredOp.Output(
              name, shapes.of(name), graph.getVariable(name).dataType(), needed.contains(name)));
    }
    String opName = node.getOp().opName();
    OpRule rule = OpRules.of(opName);
    List<Value> inputs = new ArrayList<>();
    boolean margins = opName.equals("pad");
    for (int i = 0; i < names.size(); i++) {
      inputs.add(margins && i == 1 ? null : value(names.get(i)));
    }
    LoweredOp op = new LoweredOp(node.getOp(), emission, inputs, constants, outputs);
    if (rule == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "op '%s' of '%s' with the arguments %s can't be computed by libtorch here; supported:"
                  + " %s",
              opName,
              outputs.get(0).name(),
              op.arguments(),
              String.join(", ", OpRules.names())));
    }
    rule.emit(op);
    for (int i = 0; i < outputs.size(); i++) {
      if (op.result(i) != null) {
        values.put(outputs.get(i).name(), op.result(i));
      }
    }
  }

  /** The value of a variable whose ops have been emitted. */
  private Value value(String name) {
    Value value = values.get(name);
    if (value == null && deferred.containsKey(name)) {
      lower(deferred.remove(name));
      value = values.get(name);
    }
    if (value == null) {
      SDVariable variable = graph.getVariable(name);
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "placeholder '%s' is needed but no tensor was given for it", name));
      }
      value = constant(variable.getArr());
      values.put(name, value);
    }
    return value;
  }

  private Value constant(INDArray array) {
    double least = array.length() > 0 ? array.minNumber().doubleValue() : Double.NaN;
    if (!Double.isNaN(least) && least == array.maxNumber().doubleValue()) {
      return Value.number(least, array.shape(), array.dataType());
    }
    return Value.tensor(emission.constant(array), array.shape(), array.dataType());
  }
}
