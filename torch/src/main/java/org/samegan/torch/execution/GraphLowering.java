package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    Set<String> needed = new HashSet<>(results.keySet());
    order.stream()
        .filter(op -> op.getInputsToOp() != null)
        .forEach(op -> needed.addAll(op.getInputsToOp()));
    Map<String, DeviceTensor> missing = new LinkedHashMap<>(results);
    for (SameDiffOp op : order) {
      lower(op, needed);
      for (String output : op.getOutputsOfOp()) {
        if (missing.containsKey(output)) {
          store(output, missing.remove(output));
        }
      }
    }
    missing.forEach(this::store);
  }

  private void store(String name, DeviceTensor target) {
    emission.store(emission.tensor(value(name)), target);
  }

  private void lower(SameDiffOp node, Set<String> needed) {
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
