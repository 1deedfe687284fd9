package org.samegan.core.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  private static final int MOST = 4;

  /** For an op on floats or doubles whose second input is a weight, where that has few channels. */
  static Optional<FewChannels> of(KernelList kernels, DynamicCustomOp op, Value weight) {
    long[] a = op.iArgs();
    boolean known =
        a.length >= 10
            && a[0] == weight.shape()[0]
            && a[1] == weight.shape()[1]
            && a[6] == 1
            && a[7] == 1
            && a[8] == 0
            && a[9] == 1
            && (a.length < 11 || a[10] == 0);
    return known && weight.shape()[2] <= MOST
        ? Optional.of(
            new FewChannels(
                kernels,
                new Window((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]),
                weight))
        : Optional.empty();
  }

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
      cut(large, joined.reshaped(whole));
    }
    return true;
  }

  /** The weight of (rows, columns, smaller's channels, tile's pixels and channels). */
  private Value tileWeight() {
    long[] shape = weight.shape();
    long[] full = {
      (long) tileRows() * window.strideHeight(),
      (long) tileColumns() * window.strideWidth(),
      shape[2],
      shape[3]
    };
    Value padded = Arrays.equals(full, shape) ? weight : Value.planned(weight.type(), full);
    if (padded != weight) {
      DynamicCustomOp pad = DynamicCustomOp.builder("pad").addIntegerArguments(0).build();
      pad.addTArgument(0.0);
      Value after =
          kernels.own(
              Nd4j.createFromArray(
                  new long[][] {{0, full[0] - shape[0]}, {0, full[1] - shape[1]}, {0, 0}, {0, 0}}));
      kernels.add(new Kernel.Custom(pad, List.of(weight, after), List.of(padded), false));
    }
    long[] split = {
      tileRows(), window.strideHeight(), tileColumns(), window.strideWidth(), shape[2], shape[3]
    };
    Value flipped = Value.planned(weight.type(), split);
    DynamicCustomOp reverse = DynamicCustomOp.builder("reverse").addIntegerArguments(0, 2).build();
    kernels.add(
        new Kernel.Custom(reverse, List.of(padded.reshaped(split)), List.of(flipped), false));
    Value apart =
        Value.planned(
            weight.type(),
            new long[] {
              tileRows(),
              tileColumns(),
              shape[3],
              window.strideHeight(),
              window.strideWidth(),
              shape[2]
            });
    permute(apart, flipped, 0, 2, 5, 1, 3, 4);
    return apart.reshaped(new long[] {tileRows(), tileColumns(), shape[3], tile() * shape[2]});
  }

  private void permute(Value y, Value x, int... axes) {
    DynamicCustomOp permute = DynamicCustomOp.builder("permute").addIntegerArguments(axes).build();
    kernels.add(new Kernel.Custom(permute, List.of(x), List.of(y), false));
  }

  /** Leaves out what the window's padding is, and what a window that ends in a tile leaves. */
  private void cut(Value y, Value x) {
    long[] size = y.shape();
    int top = window.padHeight();
    int left = window.padWidth();
    // Five masks that aren't used, where it begins, where it ends, and steps.
    int[] arguments = {
      0,
      0,
      0,
      0,
      0,
      0,
      top,
      left,
      0,
      (int) size[0],
      (int) (top + size[1]),
      (int) (left + size[2]),
      (int) size[3],
      1,
      1,
      1,
      1
    };
    DynamicCustomOp slice =
        DynamicCustomOp.builder("strided_slice").addIntegerArguments(arguments).build();
    kernels.add(new Kernel.Custom(slice, List.of(x), List.of(y), false));
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
    // The last: no dilation, explicit padding, NHWC, YXIO.
    int[] arguments = {
      w.height(),
      w.width(),
      w.strideHeight(),
      w.strideWidth(),
      w.padHeight(),
      w.padWidth(),
      1,
      1,
      0,
      1,
      0
    };
    DynamicCustomOp op = DynamicCustomOp.builder("conv2d").addIntegerArguments(arguments).build();
    kernels.add(new Kernel.Custom(op, List.of(x, by), List.of(y), false));
  }
}
