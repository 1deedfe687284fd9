package org.samegan.core.layer;

/**
 * How a convolution treats its input's border.
 *
 * <p>The two forms are TensorFlow's SAME, where the output is the input divided by the stride,
 * rounded up (for a transposed convolution: the input times the stride), and an explicit number of
 * zeros on every side, as in PyTorch.
 */
public sealed interface Padding {
  /** TensorFlow's SAME. */
  Padding SAME = new Same();

  /** This many zeros on every side. */
  static Padding of(int pixels) {
    return new Explicit(pixels);
  }

  /** TensorFlow's SAME; an odd total puts the extra pixel below and on the right. */
  record Same() implements Padding {}

  /**
   * The same number of zeros on every side.
   *
   * @param pixels at least 0
   */
  record Explicit(int pixels) implements Padding {
    /** Checks the number. */
    public Explicit {
      if (pixels < 0) {
        throw new IllegalArgumentException("padding must be at least 0, found " + pixels);
      }
    }
  }
}
