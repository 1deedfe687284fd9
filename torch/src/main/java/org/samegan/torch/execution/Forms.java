package org.samegan.torch.execution;

import org.samegan.torch.device.TorchDevice;

/**
 * In which of several forms a graph is computed. The results are the same up to rounding; which
 * form is faster depends on the device, and was measured.
 *
 * @param layout how images lie in memory while they are convolved
 * @param bends how gradients of functions that bend at a point are computed
 * @param thin how transposed convolutions to few channels are computed
 */
public record Forms(ImageLayout layout, Bends bends, Thin thin) {
  /** The gradient at a function that bends, such as ReLU's. */
  public enum Bends {
    /**
     * By its operator, which reads and writes least. Its kernel for CPUs is ten times as slow as
     * such a pass need be.
     */
    OPERATOR,
    /**
     * As a product with the slopes, which are made of signs once for all gradients that go through.
     */
    PRODUCT
  }

  /** A transposed convolution to few channels, such as a generator's last. */
  public enum Thin {
    /** By its operator. */
    OPERATOR,
    /** As a convolution of the smaller image, whose channels are the pixels of a tile. */
    SUBPIXEL
  }

  /** On a GPU, where only one way to transposed convolutions has been timed. */
  public static final Forms OF_A_GPU =
      new Forms(ImageLayout.CHANNELS_LAST, Bends.OPERATOR, Thin.OPERATOR);

  /** The fastest known for a device. */
  public static Forms of(TorchDevice device) {
    return device.isCuda()
        ? OF_A_GPU
        : new Forms(ImageLayout.CHANNELS_LAST, Bends.PRODUCT, Thin.SUBPIXEL);
  }
}
