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
   * The gradient of conv(x, w) at x alone. A transposed convolution gives it up to the last rows
   * and columns of x, which no window may have reached and whose gradient is zero.
   */
  SDVariable convInputGradient(
      SDVariable gradient, SDVariable w, long[] inputShape, long[] gradientShape) {
    SDVariable full = deconv(gradient, w);
    int rows = missing(inputShape[1], gradientShape[1], strideHeight, kernelHeight, padHeight);
    int columns = missing(inputShape[2], gradientShape[2], strideWidth, kernelWidth, padWidth);
    if (rows == 0 && columns == 0) {
      return full;
    }
    int[][] margins = {{0, 0}, {0, rows}, {0, columns}, {0, 0}};
    return graph.nn().pad(full, graph.constant(Nd4j.createFromArray(margins)), PadMode.CONSTANT, 0);
  }

  private static int missing(long input, long gradient, int stride, int kernel, int pad) {
    return (int) (input - ((gradient - 1) * stride + kernel - 2L * pad));
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
    return DeConv2DConfig.builder()
        .kH(kernelHeight)
        .kW(kernelWidth)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(padHeight)
        .pW(padWidth)
        .dataFormat(DeConv2DConfig.NHWC)
        .build();
  }
}
