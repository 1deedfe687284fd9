package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.samegan.core.graph.Reduction;
import org.samegan.core.graph.StaticShapes;

/**
 * Finds batch normalisations by the batch's statistics, and their gradients, among a graph's ops:
 * the nine ops that {@link org.samegan.core.layer.BatchNorm} emits over all axes but the last, and
 * the ops that differentiating those gives. What isn't exactly that is left alone.
 */
final class BatchNormPattern {
  /**
   * y = (x - mean) gain / sqrt(variance + epsilon) + bias.
   *
   * @param centred x - mean
   * @param scale gain / deviation
   * @param deviation sqrt(variance + epsilon)
   * @param count how many values have one mean
   */
  record Forward(
      String x,
      String gain,
      String bias,
      String mean,
      String variance,
      String centred,
      String scale,
      String deviation,
      String y,
      double epsilon,
      long count) {}

  /**
   * Its gradient.
   *
   * @param forward what is differentiated
   * @param gradient at y
   * @param x the gradient at x
   * @param gain the gradient at the gain
   * @param bias the gradient at the bias; null where it isn't computed
   */
  record Backward(Forward forward, String gradient, String x, String gain, String bias) {}

  /** Numbers in a graph of floats are floats. */
  private static final double ROUNDING = 1e-6;

  private final StaticShapes shapes;
  private final Map<String, SameDiffOp> producers = new HashMap<>();

  /** By what is summed over all axes but the last, the sums. */
  private final Map<String, String> sums = new HashMap<>();

  private final Map<String, Forward> forwards = new HashMap<>();
  private final Map<String, Backward> backwards = new HashMap<>();
  private final Set<String> inner = new HashSet<>();

  /** Searches the ops that are to be computed. */
  BatchNormPattern(StaticShapes shapes, List<SameDiffOp> order) {
    this.shapes = shapes;
    for (SameDiffOp op : order) {
      op.getOutputsOfOp().forEach(name -> producers.put(name, op));
      if (op.getOp().opName().equals("reduce_sum") && isOfChannels(op)) {
        sums.put(op.getInputsToOp().get(0), op.getOutputsOfOp().get(0));
      }
    }
    Map<String, Forward> byCentred = new HashMap<>();
    for (SameDiffOp op : order) {
      forward(op)
          .ifPresent(
              found -> {
                forwards.put(found.y(), found);
                byCentred.put(found.centred(), found);
              });
    }
    if (!forwards.isEmpty()) {
      for (SameDiffOp op : order) {
        backward(op, byCentred).ifPresent(found -> backwards.put(found.x(), found));
      }
    }
  }

  /** The batch normalisation that gives a variable. */
  Optional<Forward> forwardTo(String y) {
    return Optional.ofNullable(forwards.get(y));
  }

  /** The gradient of one that gives a variable. */
  Optional<Backward> backwardTo(String x) {
    return Optional.ofNullable(backwards.get(x));
  }

  /** Whether a variable is needed for nothing else, as a rule, than what was found. */
  boolean isInner(String name) {
    return inner.contains(name);
  }

  /** Whether a reduction leaves one value for every channel, and no axis else. */
  private boolean isOfChannels(SameDiffOp op) {
    long[] shape = shapes.of(op.getInputsToOp().get(0));
    Reduction reduction = Reduction.of((BaseReduceOp) op.getOp(), shape);
    int[] allButLast = IntStream.range(0, shape.length - 1).toArray();
    return shape.length > 1
        && Arrays.equals(reduction.axes(), allButLast)
        && !reduction.keepsDimensions();
  }

  private Optional<Forward> forward(SameDiffOp last) {
    Match match = new Match();
    String[] sum = match.inputs(last, "add");
    String[] scaled = match.inputs(sum[0], "multiply");
    String[] centring = match.inputs(scaled[0], "subtract");
    String[] scale = match.inputs(scaled[1], "divide");
    String[] root = match.inputs(scale[1], "sqrt");
    String[] variance = match.inputs(root[0], "add_scalar");
    long count = match.mean(centring[1], centring[0]);
    String[] squares = match.inputs(match.mean(variance[0], count), "multiply");
    match.require(squares[0].equals(scaled[0]) && squares[1].equals(scaled[0]));
    if (match.failed) {
      return Optional.empty();
    }
    inner.addAll(match.seen);
    return Optional.of(
        new Forward(
            centring[0],
            scale[0],
            sum[1],
            centring[1],
            variance[0],
            scaled[0],
            scaled[1],
            scale[1],
            last.getOutputsOfOp().get(0),
            match.number(root[0]),
            count));
  }

  private Optional<Backward> backward(SameDiffOp last, Map<String, Forward> byCentred) {
    Match match = new Match();
    String[] sum = match.inputs(last, "add");
    // The mean of what the sum holds so far, which is taken off.
    String[] mean = match.through(sum[1], "reshape", "mul_scalar", "neg", "reshape", "reduce_sum");
    match.require(mean[0].equals(sum[0]));
    double ofMean = match.number(match.below(sum[1], "reshape"));
    String[] parts = match.inputs(sum[0], "add");
    String[] direct = match.inputs(parts[0], "multiply");
    String[] spread = match.inputs(parts[1], "multiply");
    Forward forward = byCentred.get(spread[1]);
    match.require(forward != null && direct[1].equals(forward.scale()));
    if (match.failed) {
      return Optional.empty();
    }
    String first = match.below(spread[0], "mul_scalar");
    String second = match.below(first, "reshape");
    String third = match.below(second, "mul_scalar");
    String[] byDeviation = match.inputs(third, "divide");
    String[] negated = match.inputs(match.below(byDeviation[0], "mul_scalar"), "neg");
    String[] ofScale = match.inputs(negated[0], "multiply");
    String[] gain = match.inputs(ofScale[0], "divide");
    String[] products = match.through(gain[0], "reshape", "reduce_sum", "multiply");
    match.require(
        byDeviation[1].equals(forward.deviation())
            && gain[1].equals(forward.deviation())
            && ofScale[1].equals(forward.scale())
            && products[0].equals(direct[0])
            && products[1].equals(forward.centred()));
    if (match.failed) {
      return Optional.empty();
    }
    double factor = match.number(spread[0]) * match.number(second) * match.number(byDeviation[0]);
    double expected = 1.0 / forward.count();
    if (Math.abs(factor / expected - 1) > ROUNDING || Math.abs(ofMean / expected - 1) > ROUNDING) {
      return Optional.empty();
    }
    String bias = sums.get(direct[0]);
    inner.addAll(match.seen);
    if (bias != null) {
      inner.add(bias);
    }
    return Optional.of(
        new Backward(forward, direct[0], last.getOutputsOfOp().get(0), ofScale[0], bias));
  }

  /** A walk from an op to those that it reads, which notes where it meets something else. */
  private final class Match {
    private static final String[] NOTHING = {"", "", ""};

    private final List<String> seen = new ArrayList<>();
    private boolean failed;

    /** The inputs of an op, if it has this name. */
    String[] inputs(SameDiffOp op, String name) {
      if (failed || op == null || !op.getOp().opName().equals(name)) {
        failed = true;
        return NOTHING;
      }
      return Arrays.copyOf(op.getInputsToOp().toArray(String[]::new), 3);
    }

    /** The inputs of the op that gives a variable, which then is an inner one. */
    String[] inputs(String variable, String name) {
      String[] inputs = inputs(producers.get(variable), name);
      seen.add(variable);
      return inputs;
    }

    String below(String variable, String name) {
      return inputs(variable, name)[0];
    }

    /** The inputs of the last of several ops, each of which reads the next. */
    String[] through(String variable, String... names) {
      String[] inputs = {variable};
      for (String name : names) {
        inputs = inputs(inputs[0], name);
      }
      return inputs;
    }

    /** How many values have one mean, if a variable is that of another over all axes but one. */
    long mean(String variable, String of) {
      long count = 1;
      String[] inputs = inputs(variable, "reduce_mean");
      require(inputs[0].equals(of));
      if (failed) {
        return count;
      }
      require(isOfChannels(producers.get(variable)));
      long[] shape = shapes.of(of);
      for (int axis = 0; axis < shape.length - 1; axis++) {
        count *= shape[axis];
      }
      return count;
    }

    /** What a variable is the mean of, over so many values. */
    String mean(String variable, long count) {
      String of = failed || producers.get(variable) == null ? "" : below(variable, "reduce_mean");
      seen.remove(variable);
      require(!failed && mean(variable, of) == count);
      return of;
    }

    /** The number of the op between an array and a number that gives a variable. */
    double number(String variable) {
      SameDiffOp op = producers.get(variable);
      boolean known =
          op != null && op.getOp() instanceof ScalarOp scalar && scalar.scalar() != null;
      require(known);
      return known ? ((ScalarOp) op.getOp()).scalar().getDouble(0) : Double.NaN;
    }

    void require(boolean condition) {
      failed |= !condition;
    }
  }
}
