package org.samegan.evaluation.copying;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.PrincipalComponents;
import org.samegan.evaluation.neighbours.Neighbours;

/**
 * C_T, the data-copying test: are generated images nearer to the training images than fresh real
 * ones are?
 *
 * <p>Space is cut into 3 cells by k-means on the training images. In each, with n test and m
 * generated images and the distances of both to the cell's nearest training image, U =
 * #{(generated, test): d_g > d_t} + half the ties, and Z = (U - nm/2 + 1/2) / sqrt(nm (n + m + 1) /
 * 12). C_T is the mean of Z over the cells that hold more than 20 generated images, weighted by
 * their share of the test images. A z-score: within 3 of 0 for fresh real images, far below 0 for
 * copies, far above 0 for images unlike the training images. It grows with the square root of the
 * number of images.
 *
 * <p>Meehan, Chaudhuri and Dasgupta 2020, arXiv:2004.05675, section 4, with the constants of
 * dgm-eval and the nearest image within the cell, as in the authors' code. Features of more than 64
 * dimensions are first reduced to the training images' 64 principal components.
 *
 * @param score C_T
 * @param cells how many cells had enough generated images to count
 */
public record DataCopying(double score, int cells) {
  private static final int CELLS = 3;
  private static final int COMPONENTS = 64;
  private static final int ENOUGH = 20;

  /**
   * Runs the test.
   *
   * @param train what the generator was trained on
   * @param test real images that it was not trained on
   * @param seed decides where k-means starts
   * @throws IllegalArgumentException if no cell has more than 20 generated images, or one that has
   *     lacks test or training images
   */
  public static DataCopying test(Features train, Features test, Features generated, long seed) {
    train.requireComparable(test);
    train.requireComparable(generated);
    if (train.dimensions() > COMPONENTS) {
      PrincipalComponents components = PrincipalComponents.of(train, COMPONENTS);
      return inCells(
          components.project(train), components.project(test), components.project(generated), seed);
    }
    return inCells(train, test, generated, seed);
  }

  private static DataCopying inCells(Features train, Features test, Features generated, long seed) {
    Cells cells = Cells.of(train, CELLS, seed);
    int[] trainCells = cells.assign(train);
    int[] testCells = cells.assign(test);
    int[] generatedCells = cells.assign(generated);
    double weighted = 0;
    double share = 0;
    int counted = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      int[] ofTrain = members(trainCells, cell);
      int[] ofTest = members(testCells, cell);
      int[] ofGenerated = members(generatedCells, cell);
      if (ofGenerated.length <= ENOUGH) {
        continue;
      }
      if (ofTest.length < 2 || ofTrain.length < 2) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "each cell of the copy test needs at least 2 training and 2 test images, found %d"
                    + " and %d in one with %d generated images; measure more images",
                ofTrain.length,
                ofTest.length,
                ofGenerated.length));
      }
      Features near = train.select(ofTrain);
      double z =
          score(
              distances(generated.select(ofGenerated), near), distances(test.select(ofTest), near));
      weighted += (double) ofTest.length / test.count() * z;
      share += (double) ofTest.length / test.count();
      counted++;
    }
    if (counted == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the copy test needs more than %d generated images in one of %d cells, found none"
                  + " among %d images; measure at least %d",
              ENOUGH,
              CELLS,
              generated.count(),
              CELLS * (ENOUGH + 1)));
    }
    return new DataCopying(weighted / share, counted);
  }

  private static int[] members(int[] cells, int cell) {
    return IntStream.range(0, cells.length).filter(i -> cells[i] == cell).toArray();
  }

  private static double[] distances(Features features, Features train) {
    Neighbours nearest = Neighbours.of(features, train, 1);
    double[] squares = new double[nearest.count()];
    Arrays.setAll(squares, i -> nearest.squaredDistance(i, 0));
    Arrays.sort(squares);
    return squares;
  }

  /** Mann and Whitney's U as a z-score, of two sorted samples. */
  private static double score(double[] generated, double[] test) {
    double m = generated.length;
    double n = test.length;
    double u = 0;
    int below = 0;
    int upTo = 0;
    for (double distance : generated) {
      while (below < test.length && test[below] < distance) {
        below++;
      }
      while (upTo < test.length && test[upTo] <= distance) {
        upTo++;
      }
      u += (below + upTo) / 2.0;
    }
    return (u - n * m / 2 + 0.5) / Math.sqrt(n * m * (n + m + 1) / 12);
  }
}
