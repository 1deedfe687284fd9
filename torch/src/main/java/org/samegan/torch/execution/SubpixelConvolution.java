package org.samegan.torch.execution;

import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.torch.library.Argument;

/**
 * A transposed convolution to few channels as a sub-pixel convolution: a tile of stride x stride
 * pixels are the channels of one pixel of a convolution of the small image, whose window holds the
 * few small pixels that reach the tile (Shi et al. 2016, "Is the deconvolution layer the same as a
 * convolutional layer?", arXiv:1609.07009). The products are the same; a tile's are made at once,
 * where one channel alone would leave most of a processor's lanes empty.
 *
 * @param op the transposed convolution, or a convolution's gradient; its input 1 is the weight
 * @param images the input that has the images (batch, height, width, channels of the smaller)
 * @param window height, width and strides of the transposed convolution; its padding is cut off
 */
record SubpixelConvolution(LoweredOp op, int images, ConvolutionRules.Window window) {
  /** With more channels the transposed convolution's own kernel is the faster. */
  private static final int FEW_CHANNELS = 4;

  /**
   * Whether it is wanted, the channels are so few that it is faster, and no pixel of the result is
   * one that no tile reaches, as a stride can leave at the end.
   */
  boolean isFaster(long[] result) {
    return op.emission().forms().thin() == Forms.Thin.SUBPIXEL
        && op.input(1).shape()[2] <= FEW_CHANNELS
        && tiled(result)[1] >= window.paddingY() + result[1]
        && tiled(result)[2] >= window.paddingX() + result[2];
  }

  /** The shape of all tiles together. */
  private long[] tiled(long[] result) {
    long height =
        (result[1] + 2 * window.paddingY() - window.height()) / window.strideY()
            + tiles(window.height(), window.strideY());
    long width =
        (result[2] + 2 * window.paddingX() - window.width()) / window.strideX()
            + tiles(window.width(), window.strideX());
    return new long[] {result[0], height * window.strideY(), width * window.strideX(), result[3]};
  }

  private static long tiles(long window, long stride) {
    return (window + stride - 1) / stride;
  }

  /**
   * Emits it.
   *
   * @param result the shape of the images with nothing but the window's padding cut off
   * @param margins to be cut off too
   */
  int emit(long[] result, Margins margins) {
    Emission emission = op.emission();
    DataType type = op.type();
    long rows = tiles(window.height(), window.strideY());
    long columns = tiles(window.width(), window.strideX());
    int convolved =
        emission.call(
            "aten::convolution",
            new Argument.Tensor(emission.images(op.tensor(images), type)),
            new Argument.Tensor(tileWeight(rows, columns)),
            Argument.NONE,
            new Argument.Integers(1, 1),
            new Argument.Integers(rows - 1, columns - 1),
            new Argument.Integers(1, 1),
            Argument.truth(false),
            new Argument.Integers(0, 0),
            Argument.integer(1));
    int tiled = emission.fromImages(convolved, type);
    long[] whole = tiled(result);
    long[] apart = {
      whole[0],
      whole[1] / window.strideY(),
      whole[2] / window.strideX(),
      window.strideY(),
      window.strideX() * whole[3]
    };
    int rowByRow = emission.permute(emission.reshape(tiled, apart), 0, 1, 3, 2, 4);
    int joined = emission.reshape(rowByRow, whole);
    Margins all =
        new Margins(
            window.paddingY() + margins.top(),
            whole[1] - result[1] - window.paddingY() + margins.bottom(),
            window.paddingX() + margins.left(),
            whole[2] - result[2] - window.paddingX() + margins.right());
    return all.cutFrom(emission, joined, whole);
  }

  /** The weight of (tile's pixels and channels, smaller's channels, rows, columns). */
  private int tileWeight(long rows, long columns) {
    Emission emission = op.emission();
    int weight = op.tensor(1);
    long[] shape = op.input(1).shape();
    return emission.once(
        "sub-pixel weight " + weight + window,
        () -> {
          int below = (int) (rows * window.strideY() - window.height());
          int right = (int) (columns * window.strideX() - window.width());
          int padded =
              below == 0 && right == 0
                  ? weight
                  : emission.pad(weight, new int[][] {{0, below}, {0, right}, {0, 0}, {0, 0}});
          long[] split = {rows, window.strideY(), columns, window.strideX(), shape[2], shape[3]};
          int flipped =
              emission.call(
                  "aten::flip",
                  new Argument.Tensor(emission.reshape(padded, split)),
                  new Argument.Integers(0, 2));
          long[] wanted = {window.strideY() * window.strideX() * shape[2], rows, columns, shape[3]};
          int channelsLast = emission.reshape(emission.permute(flipped, 1, 3, 4, 0, 2, 5), wanted);
          return emission.images(channelsLast, op.type());
        });
  }
}
