package org.samegan.core.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.impl.reduce3.BaseReduce3Op;

/** Which axes of an array a reduction runs over. */
public final class Reduction {
  private final long[] inputShape;
  private final int[] axes;
  private final boolean keepDimensions;

  private Reduction(long[] inputShape, int[] axes, boolean keepDimensions) {
    this.inputShape = inputShape;
    this.axes = axes;
    this.keepDimensions = keepDimensions;
  }

  /**
   * What a SameDiff reduction does to an input of this shape.
   *
   * @throws IllegalArgumentException for an axis that is not there or is named twice; for axes that
   *     are an input of the op, which only a run would know; for an axis counted from the last
   *     where reduced axes are kept: ND4J 1.0.0-M2.1 leaves most of such a result unwritten
   */
  public static Reduction of(BaseReduceOp op, long[] inputShape) {
    int rank = inputShape.length;
    int[] given = op.dimensions() == null ? new int[0] : op.dimensions().toIntVector();
    SDVariable[] inputs = op.args();
    if (inputs != null && inputs.length > 1 && !(op instanceof BaseReduce3Op)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s can be compiled and differentiated with axes that are numbers only, found '%s'",
              op.opName(),
              inputs[1].name()));
    }
    boolean whole = given.length == 0 || given[0] == Integer.MAX_VALUE;
    if (!whole && op.isKeepDims() && Arrays.stream(given).anyMatch(axis -> axis < 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s can keep the axes %s only if they are counted from the first, 0 to %d",
              op.opName(),
              Arrays.toString(given),
              rank - 1));
    }
    int[] axes =
        whole
            ? IntStream.range(0, rank).toArray()
            : Arrays.stream(given).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray();
    if (Arrays.stream(axes).anyMatch(axis -> axis < 0 || axis >= rank)
        || Arrays.stream(axes).distinct().count() < axes.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s reduces different axes from 0 to %d of an input of shape %s, found %s",
              op.opName(),
              rank - 1,
              Arrays.toString(inputShape),
              Arrays.toString(given)));
    }
    return new Reduction(inputShape, axes, op.isKeepDims());
  }

  /** The reduced axes, ascending, each from 0 to rank - 1. */
  public int[] axes() {
    return axes.clone();
  }

  /** Whether reduced axes stay, with extent 1. */
  public boolean keepsDimensions() {
    return keepDimensions;
  }

  /** The number of axes of the input. */
  public int rank() {
    return inputShape.length;
  }

  /** The result's shape. */
  public long[] outputShape() {
    long[] kept = keptShape();
    return keepDimensions
        ? kept
        : IntStream.range(0, kept.length)
            .filter(i -> !reduces(i))
            .mapToLong(i -> kept[i])
            .toArray();
  }

  /** The result's shape with reduced axes of extent 1, which broadcasts against the input. */
  public long[] keptShape() {
    long[] kept = inputShape.clone();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    return kept;
  }

  /** How many values become one. */
  public long count() {
    return Arrays.stream(axes).mapToLong(axis -> inputShape[axis]).reduce(1, (a, b) -> a * b);
  }

  /**
   * Whether the reduced axes are the first ones, so that the input is a matrix summed by column.
   */
  public boolean leading() {
    return axes.length > 0 && axes[axes.length - 1] == axes.length - 1;
  }

  /** Whether the reduced axes are the last ones, so that the input is a matrix summed by row. */
  public boolean trailing() {
    return axes.length > 0 && axes[0] == inputShape.length - axes.length;
  }

  private boolean reduces(int axis) {
    return Arrays.binarySearch(axes, axis) >= 0;
  }
}
