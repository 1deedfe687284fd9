package org.samegan.core.execution;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.Window;

/**
 * Convolutions where the larger image has few channels, as the first layer of a critic and the last
 * of a generator have, in forms that keep a processor's lanes full. The products and sums are the
 * same, in another order.
 *
 * <ul>
 *   <li>A transposed convolution is a convolution of the smaller image: a tile of stride x stride
 *       pixels are the channels of one pixel of it, and its window holds the few small pixels that
 *       reach the tile (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional
 *       layer?", arXiv:1609.07009).
 *   <li>The gradient at a weight is a product of matrices, of the windows' pixels and the gradient
 *       at what they gave. Windows are gathered by a convolution with weights of one and zero.
 * </ul>
 *
 * @param window what slides, with its padding
 * @param weight of shape (height, width, channels of the larger image, of the smaller)
 */
record FewChannels(KernelList kernels, Window window, Value weight) {
  /** With more the native kernels are the faster. */
  static final int MOST = 4;

  private int tileRows() {
    return (window.height() + window.strideHeight() - 1) / window.strideHeight();
  }

  private int tileColumns() {
    return (window.width() + window.strideWidth() - 1) / window.strideWidth();
  }

  /** The pixels of a tile. */
  private long tile() {
    return (long) window.strideHeight() * window.strideWidth();
  }

  /**
   * Emits the transposed convolution of small images.
   *
   * @return false where it has pixels that no tile reaches, as a stride can leave at the end
   */
  boolean spread(Value large, Value small) {
    long[] wanted = large.shape();
    long rows = small.shape()[1] + tileRows() - 1;
    long columns = small.shape()[2] + tileColumns() - 1;
    long[] whole = {
      wanted[0], rows * window.strideHeight(), columns * window.strideWidth(), wanted[3]
    };
    if (whole[1] < window.padHeight() + wanted[1] || whole[2] < window.padWidth() + wanted[2]) {
      return false;
    }
    long pixels = tile() * whole[3];
    Value tiles = Value.planned(large.type(), new long[] {whole[0], rows, columns, pixels});
    convolve(
        tiles,
        small,
        tileWeight(),
        new Window(tileRows(), tileColumns(), 1, 1, tileRows() - 1, tileColumns() - 1));
    long perRow = window.strideWidth() * whole[3];
    Value apart =
        tiles.reshaped(new long[] {whole[0], rows, columns, window.strideHeight(), perRow});
    long[] inRows = {whole[0], rows, window.strideHeight(), columns, perRow};
    if (Arrays.equals(whole, wanted)) {
      permute(large.reshaped(inRows), apart, 0, 1, 3, 2, 4);
    } else {
      Value joined = Value.planned(large.type(), inRows);
      permute(joined, apart, 0, 1, 3, 2, 4);
      long[] begin = {0, window.padHeight(), window.padWidth(), 0};
      kernels.slice(large, joined.reshaped(whole), begin);
    }
    return true;
  }

  /** The weight of (rows, columns, smaller's channels, tile's pixels and channels). */
  private Value tileWeight() {
    long channels = weight.shape()[2];
    long filters = weight.shape()[3];
    long[] split = {
      tileRows(), tileColumns(), window.strideHeight(), window.strideWidth(), channels, filters
    };
    Value ordered = Value.planned(weight.type(), split);
    long places = (long) tileRows() * tileColumns() * tile();
    long pixels = (long) window.height() * window.width();
    kernels.matmul(ordered, order(places), places, pixels, weight, channels * filters);
    Value apart =
        Value.planned(
            weight.type(), new long[] {split[0], split[1], filters, split[2], split[3], channels});
    permute(apart, ordered, 0, 1, 5, 2, 3, 4);
    return apart.reshaped(new long[] {split[0], split[1], filters, tile() * channels});
  }

  /**
   * A matrix of ones and zeros by which a window's pixels come in the order of tiles, the last tile
   * first, with zeros where a tile reaches beyond the window. (The native op {@code reverse} leaks
   * 48 KiB a call.)
   */
  private Value order(long places) {
    return kernels.once(
        "tiles of " + window + " " + weight.type(),
        () -> {
          INDArray order =
              Nd4j.zeros(weight.type(), places, (long) window.height() * window.width());
          for (int place = 0; place < places; place++) {
            int tile = (int) (place / tile());
            int pixel = (int) (place % tile());
            int y =
                (tileRows() - 1 - tile / tileColumns()) * window.strideHeight()
                    + pixel / window.strideWidth();
            int x =
                (tileColumns() - 1 - tile % tileColumns()) * window.strideWidth()
                    + pixel % window.strideWidth();
            if (y < window.height() && x < window.width()) {
              order.putScalar(place, (long) y * window.width() + x, 1);
            }
          }
          return order;
        });
  }

  private void permute(Value y, Value x, int... axes) {
    DynamicCustomOp permute = DynamicCustomOp.builder("permute").addIntegerArguments(axes).build();
    kernels.add(new Kernel.Custom(permute, List.of(x), List.of(y), false));
  }

  /** Emits the convolution of large images. */
  void gather(Value small, Value large) {
    convolve(small, large, weight, window);
  }

  /** Emits the gradient at the weight: of large images or gradients, and small ones. */
  void weightGradient(Value gradient, Value large, Value small) {
    long[] at = small.shape();
    long places = at[0] * at[1] * at[2];
    long pixels = (long) window.height() * window.width() * weight.shape()[2];
    Value windows = Value.planned(large.type(), new long[] {at[0], at[1], at[2], pixels});
    convolve(windows, large, oneAndZero(large.type(), pixels), window);
    DynamicCustomOp product = DynamicCustomOp.builder("matmul").addIntegerArguments(1, 0).build();
    kernels.add(
        new Kernel.Custom(
            product,
            List.of(
                windows.reshaped(new long[] {places, pixels}),
                small.reshaped(new long[] {places, at[3]})),
            List.of(gradient.reshaped(new long[] {pixels, at[3]})),
            false));
  }

  /** Weights by which every pixel of a window becomes a channel. */
  private Value oneAndZero(DataType type, long pixels) {
    return kernels.once(
        "windows of "
            + window.height()
            + "x"
            + window.width()
            + "x"
            + weight.shape()[2]
            + " "
            + type,
        () -> {
          try (INDArray identity = Nd4j.eye(pixels)) {
            return identity
                .castTo(type)
                .dup('c')
                .reshape('c', window.height(), window.width(), weight.shape()[2], pixels);
          }
        });
  }

  private void convolve(Value y, Value x, Value by, Window w) {
    DynamicCustomOp op = ConvolutionLowering.convolution("conv2d", w);
    kernels.add(new Kernel.Custom(op, List.of(x, by), List.of(y), false));
  }
}
