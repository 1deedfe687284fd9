package org.samegan.core.gradient;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.Window;

/** The window of a convolution op, or of its gradient op, and the ops with the same window. */
final class Convolution {
  private final SameDiff graph;
  private final Window window;

  /**
   * Of an op whose second input is the weight.
   *
   * @throws IllegalArgumentException if an argument is none that {@link Window} has
   */
  Convolution(OpGradient op) {
    graph = op.graph();
    long[] a = ((DynamicCustomOp) op.op()).iArgs();
    long[] weight = op.shape(op.input(1));
    String found = "the arguments " + Arrays.toString(a);
    op.require(
        a[0] == weight[0] && a[1] == weight[1],
        "a kernel of " + a[0] + "x" + a[1],
        "the weight's own height and width, " + weight[0] + "x" + weight[1]);
    op.require(a[6] == 1 && a[7] == 1, found, "no dilation");
    op.require(a[8] == 0, found, "explicit padding, neither SAME nor CAUSAL");
    op.require(a[9] == 1, found, "images of (batch, height, width, channels), NHWC");
    op.require(
        a.length < 11 || a[10] == 0, found, "weights of (height, width, in, out), the format YXIO");
    window = new Window((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
  }

  SDVariable conv(SDVariable x, SDVariable w) {
    return graph.cnn().conv2d(x, w, window.convolution());
  }

  SDVariable deconv(SDVariable x, SDVariable w) {
    return graph.cnn().deconv2d(x, w, window.transposed());
  }

  /** Gradients of conv(x, w) at x and w. */
  List<SDVariable> convGradients(SDVariable x, SDVariable w, SDVariable gradient) {
    SDVariable[] inputs = {x, w, gradient};
    return Arrays.asList(
        new Conv2DDerivative(graph, inputs, window.convolution()).outputVariables());
  }

  /** Gradients of deconv(x, w) at x and w. */
  List<SDVariable> deconvGradients(SDVariable x, SDVariable w, SDVariable gradient) {
    SDVariable[] inputs = {x, w, gradient};
    return Arrays.asList(
        new DeConv2DDerivative(graph, inputs, window.transposed()).outputVariables());
  }

  /**
   * The gradient of conv(x, w) at x alone. Where the last windows end before the padding does, a
   * transposed convolution of the same padding would cut off too much at the end: it is made
   * unpadded and cut here, or filled up with the zeros of the rows that no window reaches.
   */
  SDVariable convInputGradient(
      SDVariable gradient, SDVariable w, long[] inputShape, long[] gradientShape) {
    long height = (gradientShape[1] - 1) * window.strideHeight() + window.height();
    long width = (gradientShape[2] - 1) * window.strideWidth() + window.width();
    long lastRow = Math.min(height, window.padHeight() + inputShape[1]);
    long lastColumn = Math.min(width, window.padWidth() + inputShape[2]);
    if (height - inputShape[1] == 2L * window.padHeight()
        && width - inputShape[2] == 2L * window.padWidth()) {
      return deconv(gradient, w);
    }
    SDVariable full = graph.cnn().deconv2d(gradient, w, window.unpadded().transposed());
    if (window.padHeight() > 0 || window.padWidth() > 0 || lastRow < height || lastColumn < width) {
      long[] begin = {0, window.padHeight(), window.padWidth(), 0};
      long[] end = {0, lastRow, lastColumn, 0};
      long[] strides = {1, 1, 1, 1};
      full = graph.stridedSlice(full, begin, end, strides, 0b1001, 0b1001, 0, 0, 0);
    }
    int rows = (int) (window.padHeight() + inputShape[1] - lastRow);
    int columns = (int) (window.padWidth() + inputShape[2] - lastColumn);
    if (rows == 0 && columns == 0) {
      return full;
    }
    int[][] margins = {{0, 0}, {0, rows}, {0, columns}, {0, 0}};
    return graph.nn().pad(full, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }
}
