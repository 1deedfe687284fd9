package org.samegan.core.augmentation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

/**
 * A random change of images, each drawn for itself, that is differentiable by the image: given what
 * was drawn it is affine, so gradients and gradient penalties through it are exact. The definitions
 * and ranges are those of DiffAugment's published code (Zhao et al. 2020, arXiv:2006.10738).
 *
 * <p>They are defined on pixels as the networks have them. What comes in from outside, or is cut
 * out, is 0: middle gray where black is -1, and black where that is 0.
 */
public sealed interface Transformation {
  /** The name in texts, such as {@code cutout}. */
  String key();

  /** Whether it changes images of this shape at all. */
  default boolean changes(Shape image) {
    return true;
  }

  /**
   * What is drawn for one image.
   *
   * @param image (height, width, channels)
   */
  Shape drawn(Shape image);

  /**
   * Draws for one image. The stream is used alike whether or not the image is chosen.
   *
   * @param probability of being applied; an image that is not chosen gets what leaves it as it is
   * @param draw receives the values of {@link #drawn}
   */
  void draw(RandomStream stream, float probability, Shape image, float[] draw);

  /**
   * Emits it.
   *
   * @param images of shape (batch, image...)
   * @param batch how many
   * @param draws of shape (batch, {@link #drawn}...)
   * @return of the images' shape
   */
  SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws);

  /** Every transformation with its published numbers, in the order of their use. */
  static List<Transformation> all() {
    return List.of(
        new Mirror(),
        new Brightness(),
        new Saturation(),
        new Contrast(),
        Translation.PUBLISHED,
        Cutout.PUBLISHED);
  }

  /** Adds the same to every value of an image: {@code u - 1/2}, with u uniform on [0, 1). */
  record Brightness() implements Transformation {
    @Override
    public String key() {
      return "brightness";
    }

    @Override
    public Shape drawn(Shape image) {
      return Shape.of(1);
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      double added = stream.nextDouble() - 0.5;
      draw[0] = chosen ? (float) added : 0;
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      SDVariable rows = reshaped(images, batch, image.elements());
      return reshaped(rows.add(draws), image.batch(batch));
    }
  }

  /**
   * Moves every pixel's channels from their mean m: {@code (x - m) f + m} with {@code f = 2 u}. A
   * gray image stays as it is.
   */
  record Saturation() implements Transformation {
    @Override
    public String key() {
      return "saturation";
    }

    @Override
    public boolean changes(Shape image) {
      return image.channels() > 1;
    }

    @Override
    public Shape drawn(Shape image) {
      return Shape.of(1);
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      double factor = 2 * stream.nextDouble();
      draw[0] = chosen ? (float) factor : 1;
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      long channels = image.channels();
      long values = image.elements();
      SDVariable pixels = reshaped(images, batch * (values / channels), channels);
      SameDiff graph = images.getSameDiff();
      // As a product with a matrix, since a mean over three values is slow.
      SDVariable averaging =
          graph.constant(
              Nd4j.valueArrayOf(
                  new long[] {channels, channels}, 1.0 / channels, images.dataType()));
      SDVariable means = reshaped(pixels.mmul(averaging), batch, values);
      SDVariable rows = reshaped(images, batch, values);
      return reshaped(scaledFrom(rows, means, draws), image.batch(batch));
    }
  }

  /**
   * Moves all values of an image from their mean m: {@code (x - m) f + m} with {@code f = u + 1/2}.
   */
  record Contrast() implements Transformation {
    @Override
    public String key() {
      return "contrast";
    }

    @Override
    public Shape drawn(Shape image) {
      return Shape.of(1);
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      double factor = stream.nextDouble() + 0.5;
      draw[0] = chosen ? (float) factor : 1;
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      SDVariable rows = reshaped(images, batch, image.elements());
      SDVariable moved = scaledFrom(rows, rows.mean(true, 1), draws);
      return reshaped(moved, image.batch(batch));
    }
  }

  /**
   * Moves images by whole pixels, and fills up with 0: {@code y[i, j] = x[i + down, j + right]},
   * with both uniform on {@code -s ... s}, where s is the share of the image's extent, rounded.
   *
   * @param share of the height and of the width, in [0, 1]
   */
  record Translation(double share) implements Transformation {
    /** By up to an eighth. */
    public static final Translation PUBLISHED = new Translation(0.125);

    /** Checks the share. */
    public Translation {
      requireShare("translation", share);
    }

    @Override
    public String key() {
      return "translation";
    }

    /** Two matrices of zeros and ones, for rows and columns. */
    @Override
    public Shape drawn(Shape image) {
      return Products.drawn(image);
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      int down = offset(stream, image.get(0));
      int right = offset(stream, image.get(1));
      write(chosen ? down : 0, chosen ? right : 0, image, draw);
    }

    private int offset(RandomStream stream, int extent) {
      int most = pixels(share, extent);
      return stream.nextInt(2 * most + 1) - most;
    }

    /** Writes the draw of one move. */
    static void write(int down, int right, Shape image, float[] draw) {
      Products.write(image, draw, row -> row + down, column -> column + right);
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      return Products.emit(images, image, batch, draws);
    }
  }

  /**
   * Sets a square of every image to 0, or what of it lies inside: its sides are shares of the
   * image's, rounded, and its centre is uniform on the image (on one row and one column more where
   * a side is even).
   *
   * @param share of the height and of the width, in [0, 1]
   */
  record Cutout(double share) implements Transformation {
    /** Half as high and half as wide as the image. */
    public static final Cutout PUBLISHED = new Cutout(0.5);

    /** Checks the share. */
    public Cutout {
      requireShare("cutout", share);
    }

    @Override
    public String key() {
      return "cutout";
    }

    /** A factor for every value. */
    @Override
    public Shape drawn(Shape image) {
      return image;
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      int row = centre(stream, image.get(0));
      int column = centre(stream, image.get(1));
      write(row, column, chosen, image, draw);
    }

    private int centre(RandomStream stream, int extent) {
      return stream.nextInt(extent + 1 - pixels(share, extent) % 2);
    }

    /** Writes the draw of one square. */
    void write(int row, int column, boolean chosen, Shape image, float[] draw) {
      int height = image.get(0);
      int width = image.get(1);
      int channels = image.channels();
      Arrays.fill(draw, 1);
      int rows = pixels(share, height);
      int columns = pixels(share, width);
      int top = row - rows / 2;
      int left = column - columns / 2;
      if (!chosen) {
        return;
      }
      for (int i = Math.max(0, top); i < Math.min(height, top + rows); i++) {
        int from = Math.max(0, left);
        int to = Math.min(width, left + columns);
        Arrays.fill(draw, (i * width + from) * channels, (i * width + to) * channels, 0);
      }
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      return images.mul(draws);
    }
  }

  /**
   * Mirrors every second image, left to right. That is no part of DiffAugment, and it changes what
   * letters and digits mean.
   */
  record Mirror() implements Transformation {
    @Override
    public String key() {
      return "mirror";
    }

    @Override
    public Shape drawn(Shape image) {
      return Products.drawn(image);
    }

    @Override
    public void draw(RandomStream stream, float probability, Shape image, float[] draw) {
      boolean chosen = isChosen(stream, probability);
      boolean mirrored = stream.nextInt(2) == 1;
      int last = image.get(1) - 1;
      Products.write(
          image, draw, row -> row, column -> chosen && mirrored ? last - column : column);
    }

    @Override
    public SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
      return Products.emit(images, image, batch, draws);
    }
  }

  private static boolean isChosen(RandomStream stream, float probability) {
    return stream.nextDouble() < probability;
  }

  /** A share of an extent in whole pixels, as the published code rounds it. */
  private static int pixels(double share, int extent) {
    return (int) (extent * share + 0.5);
  }

  private static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the share of the image that a %s has must be in [0, 1], found %s",
              what,
              share));
    }
  }

  /** (x - m) f + m, in the order that leaves x as it is for f = 1. */
  private static SDVariable scaledFrom(SDVariable x, SDVariable m, SDVariable f) {
    return x.mul(f).add(m.mul(f.rsub(1)));
  }

  private static SDVariable reshaped(SDVariable x, long... shape) {
    return x.getSameDiff().reshape(x, shape);
  }
}
