package org.samegan.core.layer;

/** Convolutions of (batch, height, width, channels) in plain loops, as the definitions say. */
final class NaiveImages {
  private NaiveImages() {}

  /**
   * The extents of a batch of square images.
   *
   * @param count images in the batch
   * @param extent height and width
   * @param channels channels
   */
  record Extent(int count, int extent, int channels) {
    int values() {
      return count * extent * extent * channels;
    }

    int at(int n, int row, int column, int channel) {
      return ((n * extent + row) * extent + column) * channels + channel;
    }

    boolean holds(int row, int column) {
      return row >= 0 && row < extent && column >= 0 && column < extent;
    }
  }

  /** y(n, i, j, o) = sum of x(n, i s + a - before, j s + b - before, c) w(a, b, c, o). */
  static double[] convolve(
      double[] x, Extent in, double[] w, Extent out, int kernel, int stride, int before) {
    double[] y = new double[out.values()];
    visit(
        in,
        out,
        kernel,
        stride,
        before,
        (large, small, weight) -> y[small] += x[large] * w[weight]);
    return y;
  }

  /** The adjoint: every value of the small image is spread over its window of the large one. */
  static double[] transpose(
      double[] y, Extent small, double[] w, Extent large, int kernel, int stride, int before) {
    double[] x = new double[large.values()];
    visit(
        large,
        small,
        kernel,
        stride,
        before,
        (inLarge, inSmall, weight) -> x[inLarge] += y[inSmall] * w[weight]);
    return x;
  }

  private interface Visitor {
    void connect(int large, int small, int weight);
  }

  private static void visit(
      Extent large, Extent small, int kernel, int stride, int before, Visitor visitor) {
    for (int n = 0; n < small.count(); n++) {
      for (int i = 0; i < small.extent() * small.extent(); i++) {
        for (int a = 0; a < kernel * kernel; a++) {
          int row = i / small.extent() * stride + a / kernel - before;
          int column = i % small.extent() * stride + a % kernel - before;
          for (int c = 0; large.holds(row, column) && c < large.channels(); c++) {
            for (int o = 0; o < small.channels(); o++) {
              visitor.connect(
                  large.at(n, row, column, c),
                  small.at(n, i / small.extent(), i % small.extent(), o),
                  (a * large.channels() + c) * small.channels() + o);
            }
          }
        }
      }
    }
  }
}
