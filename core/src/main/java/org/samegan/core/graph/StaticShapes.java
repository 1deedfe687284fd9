package org.samegan.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shapes of a graph's variables, given those of its placeholders. Native ops are asked for
 * their own shape functions, with arrays of a single value; nothing is run. Variables that are
 * emitted later are inferred when they are asked for.
 */
public final class StaticShapes {
  private final SameDiff graph;
  private final Map<String, long[]> shapes = new HashMap<>();

  /**
   * For a graph.
   *
   * @param placeholders the placeholders' shapes by name; one that is missing must have a static
   *     shape in the graph
   */
  public StaticShapes(SameDiff graph, Map<String, long[]> placeholders) {
    this.graph = graph;
    placeholders.forEach((name, shape) -> shapes.put(name, shape.clone()));
  }

  /**
   * The shape of a variable.
   *
   * @throws IllegalArgumentException if a placeholder it depends on has no static shape, or an op
   *     can't take its inputs
   */
  public long[] of(String name) {
    if (!shapes.containsKey(name)) {
      inferUpTo(name);
    }
    return shapes.get(name).clone();
  }

  /**
   * Goes back only as far as shapes are unknown: graphs grow by a few ops between two questions.
   */
  private void inferUpTo(String name) {
    Deque<String> wanted = new ArrayDeque<>(List.of(name));
    while (!wanted.isEmpty()) {
      String variable = wanted.peek();
      SameDiffOp producer = TopologicalOrder.producer(graph, variable);
      if (shapes.containsKey(variable)) {
        wanted.pop();
      } else if (producer == null) {
        shapes.put(variable, leaf(graph.getVariable(variable)));
      } else {
        int before = wanted.size();
        producer.getInputsToOp().stream()
            .filter(input -> !shapes.containsKey(input))
            .forEach(wanted::push);
        if (wanted.size() == before) {
          infer(producer);
        }
      }
    }
  }

  /** The shape of a variable. */
  public long[] of(SDVariable variable) {
    return of(variable.name());
  }

  private static long[] leaf(SDVariable variable) {
    if (variable.getVariableType() == VariableType.PLACEHOLDER) {
      long[] shape = variable.placeholderShape();
      if (shape == null || Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "placeholder '%s' has the shape %s; give its shape to compile the graph",
                variable.name(),
                Arrays.toString(shape)));
      }
      return shape;
    }
    return variable.getArr().shape();
  }

  private void infer(SameDiffOp node) {
    DifferentialFunction op = node.getOp();
    List<String> outputs = node.getOutputsOfOp();
    if (op instanceof DynamicCustomOp custom) {
      List<LongShapeDescriptor> result = nativeShapes(custom, node.getInputsToOp());
      for (int i = 0; i < outputs.size(); i++) {
        shapes.put(outputs.get(i), result.get(i).getShape());
      }
    } else if (op instanceof ReduceOp) {
      Reduction reduction = Reduction.of((BaseReduceOp) op, of(node.getInputsToOp().get(0)));
      shapes.put(outputs.get(0), reduction.outputShape());
    } else if (op instanceof ScalarOp || op instanceof TransformOp) {
      shapes.put(outputs.get(0), of(node.getInputsToOp().get(0)));
    } else {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "op '%s' (%s) is of a kind that can't be compiled",
              node.getName(),
              op.opName()));
    }
  }

  private List<LongShapeDescriptor> nativeShapes(DynamicCustomOp op, List<String> inputs) {
    List<INDArray> standIns = new ArrayList<>();
    OpContext context = Nd4j.getExecutioner().buildContext();
    for (int i = 0; i < inputs.size(); i++) {
      SDVariable input = graph.getVariable(inputs.get(i));
      if (input.isConstant()) {
        // Its values may matter: a shape, an axis.
        context.setInputArray(i, input.getArr());
      } else {
        INDArray array = standIn(input.dataType(), of(inputs.get(i)));
        standIns.add(array);
        context.setInputArray(i, array);
      }
    }
    context.setIArguments(op.iArgs());
    context.setTArguments(op.tArgs());
    context.setBArguments(op.bArgs());
    context.setDArguments(op.dArgs());
    try {
      return Nd4j.getExecutioner().calculateOutputShape(op, context);
    } catch (RuntimeException e) {
      List<String> given = new ArrayList<>();
      inputs.forEach(input -> given.add(input + Arrays.toString(of(input))));
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "op %s can't take the inputs %s", op.opName(), given), e);
    } finally {
      standIns.forEach(INDArray::close);
    }
  }

  /**
   * One element seen at every index, by strides of 0. Arrays of the true size would cost gigabytes
   * where images are large: the native library touches what it allocates, and the C library seldom
   * gives it back.
   */
  private static INDArray standIn(DataType type, long[] shape) {
    INDArray element = Nd4j.zeros(type, 1);
    return Nd4j.create(element.data(), shape, new long[shape.length], 0, 'c');
  }
}
