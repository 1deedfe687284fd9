package org.samegan.core.gradient;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The geometry of a convolution op, or of its gradient op, and the ops of the same geometry. One
 * weight array serves all of them: [height, width, channels of the larger image, channels of the
 * smaller image].
 */
final class Convolution {
  private final SameDiff graph;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int strideHeight;
  private final int strideWidth;
  private final int padHeight;
  private final int padWidth;

  Convolution(OpGradient op) {
    graph = op.graph();
    long[] a = ((DynamicCustomOp) op.op()).iArgs();
    kernelHeight = (int) a[0];
    kernelWidth = (int) a[1];
    strideHeight = (int) a[2];
    strideWidth = (int) a[3];
    padHeight = (int) a[4];
    padWidth = (int) a[5];
    boolean dilated = a[6] != 1 || a[7] != 1;
    boolean explicit = a[8] == 0;
    boolean channelsLast = a[9] == 1;
    if (dilated || !explicit || !channelsLast) {
      throw new IllegalArgumentException(
          String.format(
              "%s can be differentiated with explicit padding, NHWC images and no dilation only,"
                  + " found the arguments %s",
              op.op().opName(), Arrays.toString(a)));
    }
  }

  SDVariable conv(SDVariable x, SDVariable w) {
    return graph.cnn().conv2d(x, w, convConfig());
  }

  SDVariable deconv(SDVariable x, SDVariable w) {
    return graph.cnn().deconv2d(x, w, deconvConfig());
  }

  /** Gradients of conv(x, w) at x and w. */
  List<SDVariable> convGradients(SDVariable x, SDVariable w, SDVariable gradient) {
    SDVariable[] inputs = {x, w, gradient};
    return Arrays.asList(new Conv2DDerivative(graph, inputs, convConfig()).outputVariables());
  }

  /** Gradients of deconv(x, w) at x and w. */
  List<SDVariable> deconvGradients(SDVariable x, SDVariable w, SDVariable gradient) {
    SDVariable[] inputs = {x, w, gradient};
    return Arrays.asList(new DeConv2DDerivative(graph, inputs, deconvConfig()).outputVariables());
  }

  /**
   * The gradient of conv(x, w) at x alone. Where the last windows end before the padding does, a
   * transposed convolution of the same padding would cut off too much at the end: it is made
   * unpadded and cut here, or filled up with the zeros of the rows that no window reaches.
   */
  SDVariable convInputGradient(
      SDVariable gradient, SDVariable w, long[] inputShape, long[] gradientShape) {
    long height = (gradientShape[1] - 1) * strideHeight + kernelHeight;
    long width = (gradientShape[2] - 1) * strideWidth + kernelWidth;
    long lastRow = Math.min(height, padHeight + inputShape[1]);
    long lastColumn = Math.min(width, padWidth + inputShape[2]);
    if (height - inputShape[1] == 2L * padHeight && width - inputShape[2] == 2L * padWidth) {
      return deconv(gradient, w);
    }
    SDVariable full = graph.cnn().deconv2d(gradient, w, deconvConfig(0, 0));
    if (padHeight > 0 || padWidth > 0 || lastRow < height || lastColumn < width) {
      long[] begin = {0, padHeight, padWidth, 0};
      long[] end = {0, lastRow, lastColumn, 0};
      long[] strides = {1, 1, 1, 1};
      full = graph.stridedSlice(full, begin, end, strides, 0b1001, 0b1001, 0, 0, 0);
    }
    int rows = (int) (padHeight + inputShape[1] - lastRow);
    int columns = (int) (padWidth + inputShape[2] - lastColumn);
    if (rows == 0 && columns == 0) {
      return full;
    }
    int[][] margins = {{0, 0}, {0, rows}, {0, columns}, {0, 0}};
    return graph.nn().pad(full, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }

  private Conv2DConfig convConfig() {
    return Conv2DConfig.builder()
        .kH(kernelHeight)
        .kW(kernelWidth)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(padHeight)
        .pW(padWidth)
        .dataFormat(Conv2DConfig.NHWC)
        .weightsFormat(WeightsFormat.YXIO)
        .build();
  }

  private DeConv2DConfig deconvConfig() {
    return deconvConfig(padHeight, padWidth);
  }

  private DeConv2DConfig deconvConfig(int rows, int columns) {
    return DeConv2DConfig.builder()
        .kH(kernelHeight)
        .kW(kernelWidth)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(rows)
        .pW(columns)
        .dataFormat(DeConv2DConfig.NHWC)
        .build();
  }
}
