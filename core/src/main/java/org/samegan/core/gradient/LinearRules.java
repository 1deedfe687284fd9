package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Rules of matrix products and convolutions, and of the convolutions' own gradient ops. All of them
 * are linear in each input, so each rule is made of the same few maps:
 *
 * <ul>
 *   <li>conv(x, w) and its two adjoints: deconv(g, w) for x, and the correlation of x with g for w;
 *   <li>deconv(x, w) and its two adjoints: conv(g, w) for x, and the correlation of g with x for w.
 * </ul>
 */
final class LinearRules {
  private static final String NO_BIAS = "images and weight; add a bias to the result instead";
  private static final String NO_BIAS_GRADIENT = "images, weight and gradient, without a bias";

  static final Map<String, GradientRule> RULES =
      Map.of(
          "matmul", LinearRules::matmul,
          "conv2d", LinearRules::conv,
          "conv2d_bp", LinearRules::convGradient,
          "deconv2d", LinearRules::deconv,
          "deconv2d_bp", LinearRules::deconvGradient);

  private LinearRules() {}

  private static List<SDVariable> matmul(OpGradient op) {
    op.requireInputs(2, "two matrices, or two batches of them");
    DynamicCustomOp product = (DynamicCustomOp) op.op();
    long[] flags = product.iArgs();
    boolean ta = flags.length > 0 && flags[0] != 0;
    boolean tb = flags.length > 1 && flags[1] != 0;
    op.require(
        flags.length < 3 || flags[2] == 0,
        "a transposed result",
        "transposed operands; transpose those instead");
    double[] factors = product.tArgs();
    op.require(
        (factors.length < 1 || factors[0] == 1) && (factors.length < 2 || factors[1] == 0),
        "the factors " + Arrays.toString(factors),
        "the product alone, with factors 1 and 0; multiply its result instead");
    long[] shape = op.shape(op.output());
    op.require(
        areMatrices(op.shape(op.input(0)), op.shape(op.input(1)), shape),
        "a result of shape " + Arrays.toString(shape),
        "products of matrices, or of as many matrices on either side; reshape the operands");
    SDVariable a = op.input(0);
    SDVariable b = op.input(1);
    SDVariable g = op.denseGradient(0);
    return list(
        op.needs(0) ? (ta ? product(b, g, tb, true) : product(g, b, false, !tb)) : null,
        op.needs(1) ? (tb ? product(g, a, true, ta) : product(a, g, !ta, false)) : null);
  }

  /** Whether these are two matrices and their product, or batches of such of one size. */
  private static boolean areMatrices(long[] a, long[] b, long[] product) {
    int rank = product.length;
    return (rank == 2 || rank == 3)
        && a.length == rank
        && b.length == rank
        && (rank == 2 || (a[0] == b[0] && a[0] == product[0]));
  }

  private static SDVariable product(SDVariable a, SDVariable b, boolean ta, boolean tb) {
    return a.getSameDiff().mmul(a, b, ta, tb, false);
  }

  private static List<SDVariable> conv(OpGradient op) {
    op.requireInputs(2, NO_BIAS);
    SDVariable x = op.input(0);
    SDVariable w = op.input(1);
    SDVariable g = op.denseGradient(0);
    Convolution c = new Convolution(op);
    if (op.needs(0) && op.needs(1)) {
      return c.convGradients(x, w, g);
    }
    return list(
        op.needs(0) ? c.convInputGradient(g, w, op.shape(x), op.shape(g)) : null,
        op.needs(1) ? c.convGradients(x, w, g).get(1) : null);
  }

  /** Of (gx, gw) = (deconv(g, w), correlate(x, g)). */
  private static List<SDVariable> convGradient(OpGradient op) {
    op.requireInputs(3, NO_BIAS_GRADIENT);
    SDVariable x = op.input(0);
    SDVariable w = op.input(1);
    SDVariable g = op.input(2);
    SDVariable atX = op.denseGradient(0);
    SDVariable atW = op.denseGradient(1);
    Convolution c = new Convolution(op);
    SDVariable toX = null;
    SDVariable toW = null;
    SDVariable toG = null;
    if (atW != null) {
      toX = op.needs(0) ? c.convInputGradient(g, atW, op.shape(x), op.shape(g)) : null;
      toG = op.needs(2) ? c.conv(x, atW) : null;
    }
    if (atX != null) {
      toW = op.needs(1) ? c.convGradients(atX, w, g).get(1) : null;
      toG = op.needs(2) ? sum(toG, c.conv(atX, w)) : null;
    }
    return list(toX, toW, toG);
  }

  private static List<SDVariable> deconv(OpGradient op) {
    op.requireInputs(2, NO_BIAS);
    SDVariable x = op.input(0);
    SDVariable w = op.input(1);
    SDVariable g = op.denseGradient(0);
    Convolution c = new Convolution(op);
    if (op.needs(1)) {
      return c.deconvGradients(x, w, g);
    }
    return list(c.conv(g, w), null);
  }

  /** Of (gx, gw) = (conv(g, w), correlate(g, x)). */
  private static List<SDVariable> deconvGradient(OpGradient op) {
    op.requireInputs(3, NO_BIAS_GRADIENT);
    SDVariable x = op.input(0);
    SDVariable w = op.input(1);
    SDVariable g = op.input(2);
    SDVariable atX = op.denseGradient(0);
    SDVariable atW = op.denseGradient(1);
    Convolution c = new Convolution(op);
    SDVariable toX = null;
    SDVariable toW = null;
    SDVariable toG = null;
    if (atW != null) {
      toX = op.needs(0) ? c.conv(g, atW) : null;
      toG = op.needs(2) ? c.deconv(x, atW) : null;
    }
    if (atX != null) {
      toW = op.needs(1) ? c.deconvGradients(atX, w, g).get(1) : null;
      toG = op.needs(2) ? sum(toG, c.deconv(atX, w)) : null;
    }
    return list(toX, toW, toG);
  }

  private static SDVariable sum(SDVariable a, SDVariable b) {
    return a == null ? b : a.add(b);
  }
}
