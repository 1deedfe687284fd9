package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Rules of ops that move values without changing them. */
final class ShapeRules {
  /** How ND4J passes {@link PadMode#CONSTANT} to its kernel. */
  private static final int PAD_CONSTANT = 0;

  static final Map<String, GradientRule> RULES =
      Map.of(
          "reshape", ShapeRules::reshape,
          "identity", op -> list(op.gradient()),
          // A constant to everything that is differentiated, by definition.
          "stop_gradient", op -> list((SDVariable) null),
          "concat", ShapeRules::concat,
          "strided_slice", ShapeRules::slice,
          "pad", ShapeRules::pad);

  private ShapeRules() {}

  private static List<SDVariable> reshape(OpGradient op) {
    long[] order = ((DynamicCustomOp) op.op()).iArgs();
    op.require(order.length == 0 || order[0] != -'f', "column-major order", "row-major order, 'c'");
    long[] shape = op.shape(op.input(0));
    long[] given = op.shape(op.gradient());
    if (Arrays.stream(given).allMatch(extent -> extent == 1)) {
      long[] ones = new long[shape.length];
      Arrays.fill(ones, 1);
      return list(op.graph().reshape(op.gradient(), ones));
    }
    return list(op.graph().reshape(op.denseGradient(0), shape));
  }

  /** Of arrays put side by side along an axis: each one's part of the gradient. */
  private static List<SDVariable> concat(OpGradient op) {
    long[] end = op.shape(op.output());
    long[] strides = new long[end.length];
    Arrays.fill(strides, 1);
    DynamicCustomOp concat = (DynamicCustomOp) op.op();
    op.require(
        concat.iArgs().length == 1 && concat.bArgs().length == 0,
        "an axis that is computed",
        "an axis that is given as a number");
    int given = (int) concat.iArgs()[0];
    int axis = given < 0 ? given + end.length : given;
    SDVariable gradient = op.denseGradient(0);
    List<SDVariable> parts = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < op.inputs(); i++) {
      long[] begin = new long[end.length];
      begin[axis] = at;
      at += op.shape(op.input(i))[axis];
      end[axis] = at;
      parts.add(
          op.needs(i)
              ? op.graph().stridedSlice(gradient, begin, end.clone(), strides, 0, 0, 0, 0, 0)
              : null);
    }
    return parts;
  }

  /** Of a slice with step 1 that keeps every axis: zeros around the gradient. */
  private static List<SDVariable> slice(OpGradient op) {
    long[] input = op.shape(op.input(0));
    long[] output = op.shape(op.output());
    int rank = input.length;
    // Five masks, then begin, end and stride of every axis.
    long[] arguments = ((DynamicCustomOp) op.op()).iArgs();
    int[][] margins = new int[rank][2];
    String found = "the arguments " + Arrays.toString(arguments);
    op.require(
        op.inputs() == 1 && arguments.length == 5 + 3 * rank,
        op.inputs() + " inputs and " + found,
        "begin, end and step of every axis as numbers");
    op.require(
        arguments[1] == 0 && arguments[3] == 0 && arguments[4] == 0 && output.length == rank,
        found,
        "masks of begins and ends only, all axes kept");
    for (int i = 0; i < rank; i++) {
      boolean fromStart = (arguments[0] & (1L << i)) != 0;
      margins[i][0] = fromStart ? 0 : (int) arguments[5 + i];
      margins[i][1] = (int) (input[i] - output[i]) - margins[i][0];
      op.require(
          arguments[5 + 2 * rank + i] == 1 && margins[i][0] >= 0 && margins[i][1] >= 0,
          found,
          "step 1 and non-negative begins");
    }
    return list(
        op.graph()
            .nn()
            .pad(
                op.denseGradient(0),
                op.graph().constant(Nd4j.createFromArray(margins)),
                PadMode.CONSTANT,
                0));
  }

  /** Of padding with a constant: the part of the gradient inside the margins. */
  private static List<SDVariable> pad(OpGradient op) {
    long[] input = op.shape(op.input(0));
    op.requireInputs(2, "the values and their margins; give the value around them as a number");
    long[] mode = ((DynamicCustomOp) op.op()).iArgs();
    op.require(
        mode.length == 1 && mode[0] == PAD_CONSTANT,
        "the mode " + Arrays.toString(mode),
        "padding with a constant, the mode CONSTANT, " + PAD_CONSTANT);
    op.require(
        op.input(1).isConstant(), "margins that are computed", "margins that are a constant");
    int[][] margins = op.input(1).getArr().toIntMatrix();
    long[] begin = new long[input.length];
    long[] end = new long[input.length];
    long[] strides = new long[input.length];
    for (int i = 0; i < input.length; i++) {
      begin[i] = margins[i][0];
      end[i] = margins[i][0] + input[i];
      strides[i] = 1;
    }
    return list(
        op.graph().stridedSlice(op.denseGradient(0), begin, end, strides, 0, 0, 0, 0, 0), null);
  }
}
