package org.samegan.torch.execution;

import org.samegan.torch.library.Argument;

/**
 * Rows and columns at the edges of images of (batch, height, width, channels), as padding adds and
 * slices remove them. What is the same at both ends a convolution does by itself: no copy is made,
 * and nothing is computed for pixels that are not there.
 */
record Margins(long top, long bottom, long left, long right) {
  static final Margins NONE = new Margins(0, 0, 0, 0);

  /** The largest part that is the same at both ends of each axis, up to a limit for each. */
  Margins common(long mostRows, long mostColumns) {
    long rows = Math.max(0, Math.min(Math.min(top, bottom), mostRows));
    long columns = Math.max(0, Math.min(Math.min(left, right), mostColumns));
    return new Margins(rows, rows, columns, columns);
  }

  /** What is left without those. */
  Margins minus(Margins other) {
    return new Margins(
        top - other.top, bottom - other.bottom, left - other.left, right - other.right);
  }

  boolean isNone() {
    return equals(NONE);
  }

  /** Emits zeros around images. */
  int around(Emission emission, int x) {
    int[][] all = {{0, 0}, {(int) top, (int) bottom}, {(int) left, (int) right}, {0, 0}};
    return isNone() ? x : emission.once(this + " around " + x, () -> emission.pad(x, all));
  }

  /**
   * Emits a view of images without them.
   *
   * @param shape of the images with them
   */
  int cutFrom(Emission emission, int x, long[] shape) {
    int rows = narrow(emission, x, 1, top, shape[1] - top - bottom, shape[1]);
    return narrow(emission, rows, 2, left, shape[2] - left - right, shape[2]);
  }

  private static int narrow(
      Emission emission, int x, int axis, long begin, long length, long extent) {
    return length == extent
        ? x
        : emission.call(
            "aten::narrow",
            new Argument.Tensor(x),
            Argument.integer(axis),
            Argument.integer(begin),
            Argument.integer(length));
  }

  /** The shape of images without them. */
  long[] cutFrom(long[] shape) {
    return new long[] {shape[0], shape[1] - top - bottom, shape[2] - left - right, shape[3]};
  }
}
