package org.samegan.core.data;

import java.nio.FloatBuffer;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

/**
 * Turns, moves, scales and shears images a little about their centre, each by an amount drawn
 * uniformly, with bilinear interpolation (Simard et al. 2003, "Best practices for convolutional
 * neural networks"). What comes in from outside is the nearest pixel of the border. Nothing is
 * mirrored: a mirrored letter or digit is another one, or none.
 *
 * @param degrees the largest angle to either side, at least 0
 * @param shift the furthest move along either axis, as a share of the image's extent, in [0, 1]
 * @param scale the largest factor's distance from 1, in [0, 1)
 * @param shear the largest shear's angle to either side in degrees, in [0, 90)
 */
public record RandomAffine(double degrees, double shift, double scale, double shear)
    implements Augmentation {
  /** What people wouldn't notice in handwriting: 10 degrees, 8 %, 10 %, 8 degrees. */
  public static final RandomAffine SLIGHT = new RandomAffine(10, 0.08, 0.1, 8);

  /** Leaves every example as it is, also one that is no image. */
  public static final RandomAffine IDENTITY = new RandomAffine(0, 0, 0, 0);

  /** Checks the ranges. */
  public RandomAffine {
    boolean fits =
        degrees >= 0
            && degrees <= 180
            && shift >= 0
            && shift <= 1
            && scale >= 0
            && scale < 1
            && shear >= 0
            && shear < 90;
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected degrees in [0, 180], a shift in [0, 1], a scale in [0, 1) and a shear in"
                  + " [0, 90), found %s, %s, %s, %s",
              degrees,
              shift,
              scale,
              shear));
    }
  }

  @Override
  public void apply(RandomStream draws, Shape shape, FloatBuffer example) {
    if (equals(IDENTITY)) {
      return;
    }
    int height = shape.get(0);
    int width = shape.get(1);
    double angle = Math.toRadians(between(draws, degrees));
    double factor = 1 + between(draws, scale);
    double slant = StrictMath.tan(Math.toRadians(between(draws, shear)));
    double right = between(draws, shift) * width;
    double down = between(draws, shift) * height;
    // From a place in the result to where it was: back by the move, the turn, the shear, the scale.
    double cosine = StrictMath.cos(angle) / factor;
    double sine = StrictMath.sin(angle) / factor;
    float[] source = new float[shape.elements()];
    example.get(0, source);
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double x = column - centreX - right;
        double y = row - centreY - down;
        double unturnedY = cosine * y - sine * x;
        double unturnedX = cosine * x + sine * y - slant * unturnedY;
        interpolate(
            source, shape, unturnedY + centreY, unturnedX + centreX, example, row * width + column);
      }
    }
  }

  /** Writes what the source has at a place between pixels. */
  private static void interpolate(
      float[] source, Shape shape, double y, double x, FloatBuffer into, int pixel) {
    double clampedY = Math.max(0, Math.min(shape.get(0) - 1, y));
    double clampedX = Math.max(0, Math.min(shape.get(1) - 1, x));
    int top = (int) clampedY;
    int left = (int) clampedX;
    int bottom = Math.min(top + 1, shape.get(0) - 1);
    int right = Math.min(left + 1, shape.get(1) - 1);
    double low = clampedY - top;
    double far = clampedX - left;
    int width = shape.get(1);
    int channels = shape.channels();
    for (int c = 0; c < channels; c++) {
      double above =
          source[(top * width + left) * channels + c] * (1 - far)
              + source[(top * width + right) * channels + c] * far;
      double below =
          source[(bottom * width + left) * channels + c] * (1 - far)
              + source[(bottom * width + right) * channels + c] * far;
      into.put(pixel * channels + c, (float) (above * (1 - low) + below * low));
    }
  }

  private static double between(RandomStream draws, double most) {
    return (2 * draws.nextDouble() - 1) * most;
  }
}
