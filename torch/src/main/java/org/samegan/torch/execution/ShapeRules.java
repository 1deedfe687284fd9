package org.samegan.torch.execution;

import java.util.Map;
import org.nd4j.enums.PadMode;
import org.samegan.torch.library.Argument;

/** Ops that move values without changing them. */
final class ShapeRules {
  /** How ND4J passes {@link PadMode#CONSTANT} to its kernel. */
  private static final int PAD_CONSTANT = 0;

  static final Map<String, OpRule> RULES =
      Map.of(
          "reshape", ShapeRules::reshape,
          "identity", op -> op.set(op.input(0)),
          "stop_gradient", op -> op.set(op.input(0)),
          "concat", ShapeRules::concat,
          "strided_slice", ShapeRules::slice,
          "pad", ShapeRules::pad);

  private ShapeRules() {}

  private static void reshape(LoweredOp op) {
    long[] order = op.integers();
    op.require(order.length == 0 || order[0] != -'f', "column-major order", "row-major order, 'c'");
    Value x = op.input(0);
    if (x.isNumber()) {
      op.set(Value.number(x.number(), op.shape(), op.type()));
    } else if (x.hasShape(op.shape())) {
      op.set(x);
    } else {
      op.set(op.emission().reshape(x.register(), op.shape()));
    }
  }

  private static void concat(LoweredOp op) {
    long[] a = op.integers();
    op.require(a.length == 1, "an axis that is computed", "an axis that is given as a number");
    int[] tensors = new int[op.inputs()];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = op.tensor(i);
    }
    op.set(op.emission().call("aten::cat", new Argument.Tensors(tensors), Argument.integer(a[0])));
  }

  /** A slice with step 1 that keeps every axis: cut along one axis after the other. */
  private static void slice(LoweredOp op) {
    long[] shape = op.input(0).shape();
    int rank = shape.length;
    // Five masks, then begin, end and stride of every axis.
    long[] a = op.integers();
    String found = op.inputs() + " inputs and the arguments " + op.arguments();
    op.require(
        op.inputs() == 1 && a.length == 5 + 3 * rank,
        found,
        "begin, end and step of every axis as numbers");
    op.require(
        a[1] == 0 && a[3] == 0 && a[4] == 0 && op.shape().length == rank,
        found,
        "masks of begins and ends only, all axes kept");
    long[] begins = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      boolean fromStart = (a[0] & (1L << axis)) != 0;
      begins[axis] = fromStart ? 0 : a[5 + axis];
      op.require(
          a[5 + 2 * rank + axis] == 1
              && begins[axis] >= 0
              && begins[axis] + op.shape()[axis] <= shape[axis],
          found,
          "step 1 and non-negative begins");
    }
    if (op.input(0).isCuttable() && op.shape()[0] == shape[0] && op.shape()[3] == shape[3]) {
      op.set(
          op.input(0)
              .without(
                  new Margins(
                      begins[1],
                      shape[1] - begins[1] - op.shape()[1],
                      begins[2],
                      shape[2] - begins[2] - op.shape()[2])));
      return;
    }
    int x = op.tensor(0);
    for (int axis = 0; axis < rank; axis++) {
      long begin = begins[axis];
      long length = op.shape()[axis];
      if (length < shape[axis]) {
        x =
            op.emission()
                .call(
                    "aten::narrow",
                    new Argument.Tensor(x),
                    Argument.integer(axis),
                    Argument.integer(begin),
                    Argument.integer(length));
      }
    }
    op.set(Value.tensor(x, op.shape(), op.type()));
  }

  private static void pad(LoweredOp op) {
    op.requireInputs(2);
    long[] mode = op.integers();
    op.require(
        mode.length == 1 && mode[0] == PAD_CONSTANT,
        "the mode " + op.arguments(),
        "padding with zeros, the mode CONSTANT, " + PAD_CONSTANT);
    op.require(
        op.reals().length == 0 || op.reals()[0] == 0, "the arguments " + op.arguments(), "zeros");
    int[][] m = op.constant(1).toIntMatrix();
    boolean images = m.length == 4 && m[0][0] == 0 && m[0][1] == 0 && m[3][0] == 0 && m[3][1] == 0;
    if (images) {
      Margins around = new Margins(m[1][0], m[1][1], m[2][0], m[2][1]);
      op.set(Value.padded(op.emission(), op.input(0), around, op.shape()));
    } else {
      op.set(op.emission().pad(op.tensor(0), m));
    }
  }
}
