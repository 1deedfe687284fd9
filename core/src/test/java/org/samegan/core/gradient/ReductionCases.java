package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.factory.Nd4j;

/** Reductions over all kinds of axes, and ops that move values. */
final class ReductionCases {
  private static final int[][] AXES = {{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 2}, {0, 1, 2}, {}};

  private ReductionCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] axes : AXES) {
      for (boolean keep : new boolean[] {false, true}) {
        String what = "over " + Arrays.toString(axes) + (keep ? ", kept" : "");
        cases.add(cube("reduce_sum", what, x -> x.sum(keep, axes)));
        cases.add(cube("reduce_mean", what, x -> x.mean(keep, axes)));
        cases.add(cube("reduce_max", what, x -> x.max(keep, axes)));
      }
    }
    cases.add(cube("reduce_sum", "over the last axis", x -> x.sum(-1)));
    cases.add(cube("reduce_mean", "over the last but one", x -> x.mean(-2)));
    cases.add(cube("reduce_sum", "of a mean, kept", x -> x.mean(true, 2).sum(true, 0)));
    cases.add(cube("reduce_mean", "of a sum, broadcast", x -> x.sub(x.mean(false, 0, 1))));
    cases.add(cube("reduce_max", "of a broadcast mean", x -> x.sub(x.mean(true, 0)).max(2)));
    moves(cases);
    return cases;
  }

  private static OpCase cube(String op, String what, Function<SDVariable, SDVariable> emit) {
    return OpCase.of(op, what, List.of(new long[] {2, 3, 4}), x -> emit.apply(x.get(0)));
  }

  private static void moves(List<OpCase> cases) {
    cases.add(cube("reshape", "to a matrix", x -> x.reshape(6, 4)));
    cases.add(cube("reshape", "with a free axis", x -> x.reshape(2, -1)));
    cases.add(cube("reshape", "of a sum to a vector", x -> x.sum(true, 1).reshape(8)));
    cases.add(cube("reshape", "of everything to one axis more", x -> x.mean().reshape(1, 1)));
    cases.add(cube("identity", "x", x -> x.getSameDiff().identity(x)));
    for (int axis : new int[] {0, 1, 2, -1}) {
      List<long[]> shapes = List.of(new long[] {2, 3, 4}, new long[] {2, 3, 4});
      cases.add(OpCase.of("concat", "along axis " + axis, shapes, x -> concat(axis, x)));
    }
    List<long[]> unequal =
        List.of(new long[] {2, 3, 1}, new long[] {2, 3, 4}, new long[] {2, 3, 2});
    cases.add(OpCase.of("concat", "of three widths", unequal, x -> concat(2, x)));
    cases.add(cube("concat", "with itself", x -> concat(1, List.of(x, x))));
    cases.add(cube("concat", "with its mean", x -> concat(1, List.of(x.mean(true, 1), x)).mean(0)));
    cases.add(cube("pad", "with zeros", x -> pad(x, new int[][] {{0, 0}, {1, 2}, {0, 3}})));
    cases.add(cube("pad", "by nothing", x -> pad(x, new int[][] {{0, 0}, {0, 0}, {0, 0}})));
    cases.add(
        cube("pad", "of a mean", x -> pad(x.mean(true, 2), new int[][] {{1, 0}, {0, 0}, {0, 1}})));
    cases.add(cube("strided_slice", "with begins", x -> slice(x, 0, 0, 1, 1, 0)));
    cases.add(cube("strided_slice", "with masks", x -> slice(x, 0b001, 0b001, 7, 1, 0)));
    cases.add(
        cube("strided_slice", "of a mean", x -> slice(x.mean(true, 0), 0b001, 0b001, 0, 1, 2)));
  }

  private static SDVariable concat(int axis, List<SDVariable> x) {
    return x.get(0).getSameDiff().concat(axis, x.toArray(new SDVariable[0]));
  }

  private static SDVariable pad(SDVariable x, int[][] margins) {
    SameDiff graph = x.getSameDiff();
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }

  /** Two of the second axis and two of the third; of the first one, or all where it is masked. */
  private static SDVariable slice(
      SDVariable x, int beginMask, int endMask, long first, long second, long third) {
    return x.getSameDiff()
        .stridedSlice(
            x,
            new long[] {first, second, third},
            new long[] {first + 1, second + 2, third + 2},
            new long[] {1, 1, 1},
            beginMask,
            endMask,
            0,
            0,
            0);
  }
}
