package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;
import org.samegan.core.Draws;
import org.samegan.core.graph.StaticShapes;

/** A random graph of ops on matrices, with values for its placeholders, from a seed. */
final class RandomGraph {
  private static final int OPS = 25;

  final SameDiff graph = SameDiff.create();
  final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final DataType type;
  private final StaticShapes shapes = new StaticShapes(graph, Map.of());
  private final List<SDVariable> variables = new ArrayList<>();

  RandomGraph(long seed, DataType type) {
    random = new SplittableRandom(seed);
    this.type = type;
    for (int i = 0; i < 3; i++) {
      long[] shape = {random.nextInt(1, 6), random.nextInt(1, 6)};
      variables.add(graph.placeHolder("x" + i, type, shape));
      inputs.put("x" + i, Draws.array(seed + i, type, -1, 1, shape));
    }
    for (int i = 0; i < OPS; i++) {
      variables.add(emit(pick()));
    }
  }

  /** The last variable and some others, inputs among them now and then. */
  List<String> someVariables() {
    List<String> some = new ArrayList<>();
    some.add(variables.get(variables.size() - 1).name());
    for (int i = 0; i < 3; i++) {
      String other = pick().name();
      if (!some.contains(other)) {
        some.add(other);
      }
    }
    return some;
  }

  List<String> allVariables() {
    return variables.stream().map(SDVariable::name).toList();
  }

  private SDVariable pick() {
    return variables.get(random.nextInt(variables.size()));
  }

  private SDVariable emit(SDVariable x) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> function(x);
      case 2 -> scalar(x);
      case 3, 4 -> arithmetic(x, fitting(x));
      case 5 -> random.nextBoolean() ? product(x) : movement(x);
      default -> reduction(x);
    };
  }

  private SDVariable function(SDVariable x) {
    return switch (random.nextInt(11)) {
      case 0 -> x.neg();
      case 1 -> graph.math().square(graph.math().tanh(x));
      case 2 -> graph.math().tanh(x);
      case 3 -> graph.nn().sigmoid(x);
      case 4 -> graph.nn().relu(x, 0);
      case 5 -> graph.nn().leakyRelu(x, 0.25);
      case 6 -> graph.math().exp(graph.math().tanh(x));
      case 7 -> graph.math().sqrt(graph.math().abs(x).add(0.1));
      case 8 -> graph.math().log(x.mul(x).add(1));
      // At 0 itself the slope is a convention, so the arguments of these are kept off it.
      case 9 -> new LeakyReLUBp(graph, graph.nn().sigmoid(x).sub(0.4), x, 0.25).outputVariable();
      default -> new ThresholdReluBp(graph, graph.nn().sigmoid(x), x, 0.4).outputVariable();
    };
  }

  private SDVariable scalar(SDVariable x) {
    double value = random.nextDouble(0.5, 1.5);
    return switch (random.nextInt(6)) {
      case 0 -> x.add(value);
      case 1 -> x.sub(value);
      case 2 -> x.rsub(value);
      case 3 -> x.mul(-value);
      case 4 -> x.div(value);
      default -> x.mul(x).add(1).rdiv(value);
    };
  }

  private SDVariable arithmetic(SDVariable x, SDVariable y) {
    return switch (random.nextInt(5)) {
      case 0 -> x.add(y);
      case 1 -> y.sub(x);
      case 2 -> graph.math().tanh(x).mul(y);
      case 3 -> y.mul(graph.math().tanh(x));
      default -> x.div(y.mul(y).add(0.5));
    };
  }

  /** Something that broadcasts with x: itself, another, or a row, column or number made of one. */
  private SDVariable fitting(SDVariable x) {
    SDVariable other = pick();
    long[] mine = shapes.of(x);
    long[] others = shapes.of(other);
    if (others[0] == mine[0] && others[1] == mine[1]) {
      return other;
    } else if (others[1] == mine[1] && others[0] > 1) {
      return other.mean(random.nextBoolean(), 0);
    } else if (others[0] == mine[0] && others[1] > 1) {
      return other.sum(true, 1);
    }
    return others[0] * others[1] > 1 ? other.mean() : x;
  }

  private SDVariable product(SDVariable x) {
    boolean left = random.nextBoolean();
    SDVariable square = graph.mmul(x, x, left, !left, false);
    return graph.math().tanh(left ? x.mmul(square) : square.mmul(x));
  }

  private SDVariable movement(SDVariable x) {
    long[] shape = shapes.of(x);
    return switch (random.nextInt(3)) {
      case 0 -> graph.reshape(x, shape[1], shape[0]);
      case 1 -> graph.reshape(x, 1, -1);
      default -> graph.identity(x);
    };
  }

  /** SameDiff's session fails on reductions over axes of extent 1, so there are none. */
  private SDVariable reduction(SDVariable x) {
    int axis = random.nextInt(2);
    if (shapes.of(x)[axis] == 1) {
      return function(x);
    }
    return switch (random.nextInt(4)) {
      case 0 -> x.sum(true, axis).div(4);
      case 1 -> x.mean(true, axis);
      case 2 -> x.max(true, axis);
      default -> graph.reshape(x.mean(), 1, 1);
    };
  }

  DataType type() {
    return type;
  }
}
