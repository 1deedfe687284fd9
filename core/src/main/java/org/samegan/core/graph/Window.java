package org.samegan.core.graph;

import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * What slides over images of shape (batch, height, width, channels), and the arguments of the ops
 * that slide so: no dilation, and zeros as explicit padding. One weight array serves a convolution
 * and the transposed one: [height, width, channels of the larger image, channels of the smaller
 * image].
 *
 * @param height of the window in pixels
 * @param width of the window in pixels
 * @param strideHeight pixels from a window to the one below
 * @param strideWidth pixels from a window to the next in its row
 * @param padHeight rows of zeros above and below
 * @param padWidth columns of zeros left and right
 */
public record Window(
    int height, int width, int strideHeight, int strideWidth, int padHeight, int padWidth) {
  /** A square window that moves alike in both directions. */
  public static Window square(int size, int stride, int padding) {
    return new Window(size, size, stride, stride, padding, padding);
  }

  /** Windows that neither overlap nor leave pixels between them. */
  public static Window tile(int height, int width) {
    return new Window(height, width, height, width, 0, 0);
  }

  /** The same without padding. */
  public Window unpadded() {
    return new Window(height, width, strideHeight, strideWidth, 0, 0);
  }

  /** The arguments of a convolution. */
  public Conv2DConfig convolution() {
    return Conv2DConfig.builder()
        .kH(height)
        .kW(width)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(padHeight)
        .pW(padWidth)
        .dataFormat(Conv2DConfig.NHWC)
        .weightsFormat(WeightsFormat.YXIO)
        .build();
  }

  /** The arguments of the transposed convolution; it cuts off what a convolution would pad. */
  public DeConv2DConfig transposed() {
    return DeConv2DConfig.builder()
        .kH(height)
        .kW(width)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(padHeight)
        .pW(padWidth)
        .dataFormat(DeConv2DConfig.NHWC)
        .build();
  }

  /** The arguments of pooling. */
  public Pooling2DConfig pooling() {
    return Pooling2DConfig.builder()
        .kH(height)
        .kW(width)
        .sH(strideHeight)
        .sW(strideWidth)
        .pH(padHeight)
        .pW(padWidth)
        .isNHWC(true)
        .build();
  }
}
