package org.samegan.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

class RandomAffineTest {
  private static final Shape COLOUR = Shape.of(7, 9, 3);

  private static float[] image(Shape shape) {
    double[] values = Draws.uniform(3, shape.elements(), 0, 1);
    float[] image = new float[values.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) values[i];
    }
    return image;
  }

  private static float[] changed(RandomAffine affine, long seed, Shape shape, float[] image) {
    float[] result = image.clone();
    affine.apply(stream(seed), shape, FloatBuffer.wrap(result));
    return result;
  }

  private static RandomStream stream(long seed) {
    return RandomStream.of(seed, "test", 0);
  }

  /** The n-th number of the stream, uniform on [-1, 1). */
  private static double signed(long seed, int n) {
    RandomStream stream = stream(seed);
    for (int i = 0; i < n; i++) {
      stream.nextDouble();
    }
    return 2 * stream.nextDouble() - 1;
  }

  @Test
  void withoutAmountsNothingChanges() {
    RandomAffine none = new RandomAffine(0, 0, 0, 0);
    for (Shape shape : new Shape[] {COLOUR, Shape.of(8, 8, 1), Shape.of(1, 1, 1)}) {
      for (long seed = 0; seed < 5; seed++) {
        assertThat(changed(none, seed, shape, image(shape))).isEqualTo(image(shape));
      }
    }
  }

  @Test
  void oneColourStaysWhatItIs() {
    float[] gray = new float[COLOUR.elements()];
    Arrays.fill(gray, 0.3f);
    for (long seed = 0; seed < 20; seed++) {
      // A weighted mean of equal numbers, rounded once.
      assertThat(changed(new RandomAffine(180, 1, 0.9, 60), seed, COLOUR, gray))
          .containsOnly(gray, Offset.offset(1e-7f));
    }
  }

  @Test
  void isAFunctionOfTheDraws() {
    float[] first = changed(RandomAffine.SLIGHT, 1, COLOUR, image(COLOUR));

    assertThat(changed(RandomAffine.SLIGHT, 1, COLOUR, image(COLOUR))).isEqualTo(first);
    assertThat(changed(RandomAffine.SLIGHT, 2, COLOUR, image(COLOUR))).isNotEqualTo(first);
  }

  /**
   * The image moved by hand. Columns that don't differ show the move down alone, and rows that
   * don't differ the move to the right; the amount is chosen for the draw to make whole pixels.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void wholePixelsAreMovedAsTheyAre(int pixels) {
    for (long seed = 0; seed < 6; seed++) {
      for (boolean down : new boolean[] {false, true}) {
        int extent = down ? 7 : 9;
        int drawn = firstDrawThatMoves(down);
        double share = pixels / (extent * Math.abs(signed(seed, drawn)));
        if (share > 1) {
          continue;
        }
        int move = signed(seed, drawn) < 0 ? -pixels : pixels;
        float[] values = image(Shape.of(extent, 1, 1));
        float[] before = new float[63];
        float[] expected = new float[63];
        for (int i = 0; i < 63; i++) {
          int place = down ? i / 9 : i % 9;
          before[i] = values[place];
          expected[i] = values[Math.max(0, Math.min(extent - 1, place - move))];
        }
        // The share is rounded, so that a pixel is a little of its neighbour.
        assertThat(changed(new RandomAffine(0, share, 0, 0), seed, Shape.of(7, 9, 1), before))
            .containsExactly(expected, Offset.offset(1e-6f));
      }
    }
  }

  /** After the angle, the factor and the slant: right, then down. */
  private static int firstDrawThatMoves(boolean down) {
    return down ? 4 : 3;
  }

  @Test
  void turnsByTheAngleAboutTheCentre() {
    for (long seed = 0; seed < 8; seed++) {
      double angle = Math.toRadians(180 * signed(seed, 0));
      float[] found = changed(new RandomAffine(180, 0, 0, 0), seed, COLOUR, image(COLOUR));
      assertThat(found)
          .containsExactly(
              sampled(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)),
              Offset.offset(1e-6f));
    }
  }

  @Test
  void enlargesByTheFactor() {
    for (long seed = 0; seed < 8; seed++) {
      double factor = 1 + 0.5 * signed(seed, 1);
      assertThat(changed(new RandomAffine(0, 0, 0.5, 0), seed, COLOUR, image(COLOUR)))
          .containsExactly(sampled(1 / factor, 0, 0, 1 / factor), Offset.offset(1e-6f));
    }
  }

  @Test
  void leansByTheShearsAngle() {
    for (long seed = 0; seed < 8; seed++) {
      double slant = Math.tan(Math.toRadians(50 * signed(seed, 2)));
      assertThat(changed(new RandomAffine(0, 0, 0, 50), seed, COLOUR, image(COLOUR)))
          .containsExactly(sampled(1, -slant, 0, 1), Offset.offset(1e-6f));
    }
  }

  /**
   * The colour image where each pixel is that of the place A (x, y), from the centre, as the sum
   * over all pixels of tents of width 1.
   */
  private static float[] sampled(double xx, double xy, double yx, double yy) {
    float[] image = image(COLOUR);
    float[] result = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      double x = (i / 3) % 9 - 4;
      double y = i / 27 - 3;
      double fromX = Math.max(0, Math.min(8, xx * x + xy * y + 4));
      double fromY = Math.max(0, Math.min(6, yx * x + yy * y + 3));
      double sum = 0;
      for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 9; column++) {
          double weight =
              Math.max(0, 1 - Math.abs(fromY - row)) * Math.max(0, 1 - Math.abs(fromX - column));
          sum += weight * image[(row * 9 + column) * 3 + i % 3];
        }
      }
      result[i] = (float) sum;
    }
    return result;
  }

  @Test
  void everyAmountIsReachedOnBothSides() {
    // A ramp along x shows the move: the middle of the image is moved by at most a third.
    float[] ramp = new float[99];
    for (int i = 0; i < 99; i++) {
      ramp[i] = i;
    }
    double least = 0;
    double most = 0;
    for (long seed = 0; seed < 200; seed++) {
      double move =
          49 - changed(new RandomAffine(0, 1 / 3.0, 0, 0), seed, Shape.of(1, 99, 1), ramp)[49];
      least = Math.min(least, move);
      most = Math.max(most, move);
    }
    // Of 200 uniform draws the extremes are within 5 % of the ends but with a chance of 1e-4.
    assertThat(least).isBetween(-33.001, -30.0);
    assertThat(most).isBetween(30.0, 33.001);
  }

  @Test
  void refusesAmountsOutsideTheirRanges() {
    double[][] wrong = {
      {-1, 0, 0, 0}, {181, 0, 0, 0}, {0, -0.1, 0, 0}, {0, 1.1, 0, 0}, {0, 0, -0.1, 0},
      {0, 0, 1, 0}, {0, 0, 0, -1}, {0, 0, 0, 90}, {Double.NaN, 0, 0, 0}, {0, 0, Double.NaN, 0}
    };
    for (double[] amounts : wrong) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RandomAffine(amounts[0], amounts[1], amounts[2], amounts[3]))
          .withMessageContainingAll(
              "degrees in [0, 180]",
              "shift in [0, 1]",
              "scale in [0, 1)",
              "found " + amounts[0] + ", " + amounts[1] + ", " + amounts[2] + ", " + amounts[3]);
    }
  }
}
