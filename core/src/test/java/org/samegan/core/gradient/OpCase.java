package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Draws;
import org.samegan.core.graph.StaticShapes;

/**
 * One use of an op whose gradient is checked.
 *
 * @param op the rule that it is a case of
 * @param what tells the case from the op's others
 * @param shapes of the inputs, all of type double
 * @param positive whether inputs are drawn from (0.3, 1.5) only, and not from their negatives too
 * @param step of the central differences
 * @param tolerance of the comparison with them, relative to 1 or the greatest value
 * @param autodiff whether SameDiff can differentiate it once, correctly
 * @param emit from inputs to outputs
 */
record OpCase(
    String op,
    String what,
    List<long[]> shapes,
    boolean positive,
    double step,
    double tolerance,
    boolean autodiff,
    Function<List<SDVariable>, List<SDVariable>> emit) {
  /** Of an op with one output. */
  static OpCase of(
      String op, String what, List<long[]> shapes, Function<List<SDVariable>, SDVariable> emit) {
    // Second-order error of the step 1e-5: 1e-10; rounding: 1e-16 / 1e-5 for values around 1.
    return new OpCase(
        op, what, shapes, false, 1e-5, 1e-6, true, inputs -> List.of(emit.apply(inputs)));
  }

  /** Of an op of one input. */
  static OpCase unary(String op, String what, Function<SDVariable, SDVariable> emit) {
    return of(op, what, List.of(new long[] {3, 4}), inputs -> emit.apply(inputs.get(0)));
  }

  OpCase onPositive() {
    return new OpCase(op, what, shapes, true, step, tolerance, autodiff, emit);
  }

  OpCase withoutAutodiff() {
    return new OpCase(op, what, shapes, positive, step, tolerance, false, emit);
  }

  OpCase withStep(double newStep, double newTolerance) {
    return new OpCase(op, what, shapes, positive, newStep, newTolerance, autodiff, emit);
  }

  List<String> inputNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      names.add("x" + i);
    }
    return names;
  }

  /** Values at least 0.3 away from 0, where some functions have kinks. */
  Map<String, INDArray> values() {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      INDArray array = Draws.array(100 + i, DataType.DOUBLE, 0.3, 1.5, shapes.get(i));
      SplittableRandom signs = new SplittableRandom(200 + i);
      for (long j = 0; !positive && j < array.length(); j++) {
        if (signs.nextBoolean()) {
          array.putScalar(j, -array.getDouble(j));
        }
      }
      values.put("x" + i, array);
    }
    return values;
  }

  /** Emits a scalar with a curved dependence on every output: sum of weights times squares. */
  SDVariable emitLoss(SameDiff graph) {
    List<SDVariable> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(graph.placeHolder("x" + i, DataType.DOUBLE, shapes.get(i)));
    }
    return weightedSquares(graph, emit.apply(inputs), 300);
  }

  /** The same with the values as trained variables, as SameDiff's own gradients need them. */
  SDVariable emitLossOfVariables(SameDiff graph) {
    List<SDVariable> inputs = new ArrayList<>();
    values().forEach((name, array) -> inputs.add(graph.var(name, array)));
    return weightedSquares(graph, emit.apply(inputs), 300);
  }

  /** The sum of random weights times squares, over several variables. */
  static SDVariable weightedSquares(SameDiff graph, List<SDVariable> variables, long seed) {
    StaticShapes shapes = new StaticShapes(graph, new HashMap<>());
    SDVariable total = null;
    for (SDVariable variable : variables) {
      SDVariable weights =
          graph.constant(Draws.array(seed++, DataType.DOUBLE, 0.5, 1.5, shapes.of(variable)));
      SDVariable sum = variable.mul(variable).mul(weights).sum();
      total = total == null ? sum : total.add(sum);
    }
    return total;
  }

  @Override
  public String toString() {
    return op + ": " + what;
  }
}
