package org.samegan.io.data;

import java.nio.ByteBuffer;
import org.samegan.io.image.ByteImage;

/**
 * Separable bicubic resampling on byte values, without gamma. When an image shrinks, the kernel is
 * stretched by the same factor, so that it averages over all source pixels instead of aliasing.
 *
 * <p>Plain Java arithmetic rather than Java2D, whose result depends on the runtime and which
 * aliases when shrinking by more than two. Kernel: R. Keys, "Cubic convolution interpolation for
 * digital image processing", 1981, with a = -1/2 (Catmull-Rom).
 */
final class Resampler {
  /** How far the unstretched kernel reaches, in pixels. */
  private static final double REACH = 2;

  private Resampler() {}

  /** The largest square about the centre; the upper or left one of two equally central ones. */
  static ByteImage cropToSquare(ByteImage image) {
    int edge = Math.min(image.height(), image.width());
    if (image.height() == image.width()) {
      return image;
    }
    int top = (image.height() - edge) / 2;
    int left = (image.width() - edge) / 2;
    int channels = image.channels();
    byte[] square = new byte[edge * edge * channels];
    ByteBuffer source = image.buffer();
    for (int row = 0; row < edge; row++) {
      int from = ((top + row) * image.width() + left) * channels;
      source.get(from, square, row * edge * channels, edge * channels);
    }
    return ByteImage.of(edge, edge, channels, square);
  }

  /** The image at another size; the same image if it has that size. */
  static ByteImage resize(ByteImage image, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    Taps across = Taps.of(image.width(), width);
    Taps down = Taps.of(image.height(), height);
    int channels = image.channels();
    int stride = width * channels;
    float[] narrowed = new float[Math.multiplyExact(image.height(), stride)];
    ByteBuffer pixels = image.buffer();
    float[] line = new float[image.width() * channels];
    for (int row = 0; row < image.height(); row++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = pixels.get() & 0xff;
      }
      for (int i = 0; i < stride; i++) {
        float[] weights = across.weights[i / channels];
        int from = across.first[i / channels] * channels + i % channels;
        float sum = 0;
        for (int tap = 0; tap < weights.length; tap++) {
          sum += weights[tap] * line[from + tap * channels];
        }
        narrowed[row * stride + i] = sum;
      }
    }
    byte[] result = new byte[Math.multiplyExact(height, stride)];
    for (int row = 0; row < height; row++) {
      float[] weights = down.weights[row];
      float[] sums = new float[stride];
      for (int tap = 0; tap < weights.length; tap++) {
        int from = (down.first[row] + tap) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += weights[tap] * narrowed[from + i];
        }
      }
      for (int i = 0; i < stride; i++) {
        // The kernel has negative lobes, so an edge can overshoot the byte range.
        result[row * stride + i] = (byte) Math.max(0, Math.min(255, Math.round(sums[i])));
      }
    }
    return ByteImage.of(height, width, channels, result);
  }

  /**
   * For every target position, the first source position it draws on and the weights from there.
   */
  private static final class Taps {
    private final int[] first;
    private final float[][] weights;

    private Taps(int[] first, float[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Taps of(int source, int target) {
      double step = (double) source / target;
      double stretch = Math.max(1, step);
      int[] first = new int[target];
      float[][] weights = new float[target][];
      for (int i = 0; i < target; i++) {
        double centre = (i + 0.5) * step - 0.5;
        int from = Math.max(0, (int) Math.ceil(centre - REACH * stretch));
        int to = Math.min(source - 1, (int) Math.floor(centre + REACH * stretch));
        double[] exact = new double[to - from + 1];
        double sum = 0;
        for (int tap = 0; tap < exact.length; tap++) {
          exact[tap] = kernel((from + tap - centre) / stretch);
          sum += exact[tap];
        }
        first[i] = from;
        weights[i] = new float[exact.length];
        for (int tap = 0; tap < exact.length; tap++) {
          // Normalised, so that a constant stays constant where the border cuts the kernel.
          weights[i][tap] = (float) (exact[tap] / sum);
        }
      }
      return new Taps(first, weights);
    }

    private static double kernel(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      if (x < 2) {
        return ((-0.5 * x + 2.5) * x - 4) * x + 2;
      }
      return 0;
    }
  }
}
