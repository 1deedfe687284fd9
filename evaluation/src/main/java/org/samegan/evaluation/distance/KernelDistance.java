package org.samegan.evaluation.distance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.PairTiles;

/**
 * The kernel distance (KID where the features are Inception's): the squared maximum mean
 * discrepancy with the kernel k(x, y) = (x.y / d + 1)^3, which sees differences of all moments up
 * to the third.
 *
 * <p>KD = sum_{i != j} k(x_i, x_j) / (m (m - 1)) + sum_{i != j} k(y_i, y_j) / (n (n - 1)) - 2
 * mean_{ij} k(x_i, y_j), over all images. Unbiased at every number of images, so that numbers of
 * different sizes may be compared, and therefore as often below 0 as above where there is no
 * difference.
 *
 * <p>Bińkowski, Sutherland, Arbel and Gretton 2018, arXiv:1801.01401, section 4. Usual
 * implementations average 100 subsets of 1000 images drawn with overlaps, and report the deviation
 * between them, which shrinks with neither images nor subsets; here every pair counts, and the
 * error is of blocks.
 *
 * @param value the distance, in the kernel's unit
 * @param standardError of the value: real and generated images are cut into 10 disjoint blocks in a
 *     random order, and the deviation of the blocks' distances is divided by sqrt(10). Where the
 *     distributions are equal it is too large, by about sqrt(10), as the distance of all images
 *     then varies like 1/n and not like 1/sqrt(n)
 */
public record KernelDistance(double value, double standardError) {
  private static final int BLOCKS = 10;

  /**
   * Computes distance and error.
   *
   * @param seed decides the blocks
   * @throws IllegalArgumentException for fewer than 20 images on either side
   */
  public static KernelDistance between(Features real, Features generated, long seed) {
    real.requireComparable(generated);
    int fewest = Math.min(real.count(), generated.count());
    if (fewest < 2 * BLOCKS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a kernel distance needs at least %d images on either side, two a block of its"
                  + " standard error, found %d; measure more images",
              2 * BLOCKS,
              fewest));
    }
    int[] realOrder = RandomStream.of(seed, "evaluation/kernel/real", 0).permutation(real.count());
    int[] generatedOrder =
        RandomStream.of(seed, "evaluation/kernel/generated", 0).permutation(generated.count());
    double[] blocks = new double[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = valueBetween(block(real, realOrder, i), block(generated, generatedOrder, i));
    }
    double mean = Arrays.stream(blocks).sum() / BLOCKS;
    double squares = Arrays.stream(blocks).map(block -> (block - mean) * (block - mean)).sum();
    double error = Math.sqrt(squares / (BLOCKS - 1) / BLOCKS);
    return new KernelDistance(valueBetween(real, generated), error);
  }

  /** The distance alone. */
  public static double valueBetween(Features real, Features generated) {
    double m = real.count();
    double n = generated.count();
    return 2 * sumAmong(real) / (m * (m - 1))
        + 2 * sumAmong(generated) / (n * (n - 1))
        - 2 * sum(real, generated) / (m * n);
  }

  private static Features block(Features features, int[] order, int block) {
    int size = features.count() / BLOCKS;
    return features.select(Arrays.copyOfRange(order, block * size, (block + 1) * size));
  }

  private static double sum(Features a, Features b) {
    return total(
        PairTiles.compute(
            a, b, PairTiles.Kernel.DOT, (from, to) -> new KernelSum(a.dimensions(), false)));
  }

  /** The sum over every pair of two images, once. */
  private static double sumAmong(Features features) {
    return total(
        PairTiles.computeAmong(
            features,
            PairTiles.Kernel.DOT,
            (from, to) -> new KernelSum(features.dimensions(), true)));
  }

  private static double total(List<KernelSum> stripes) {
    double sum = 0;
    for (KernelSum stripe : stripes) {
      sum += Arrays.stream(stripe.sums).sum();
    }
    return sum;
  }

  private static final class KernelSum implements PairTiles.Stripe {
    private final double scale;
    private final boolean afterRow;

    /**
     * By place in the tile: sums of their own, which the virtual machine adds several at a time.
     */
    private double[] sums = new double[0];

    KernelSum(int dimensions, boolean afterRow) {
      this.scale = 1.0 / dimensions;
      this.afterRow = afterRow;
    }

    @Override
    public void accept(int row, int from, int to, double[] products) {
      if (sums.length < to - from) {
        sums = Arrays.copyOf(sums, to - from);
      }
      addCubes(afterRow ? Math.max(0, row + 1 - from) : 0, to - from, products);
    }

    private void addCubes(int first, int last, double[] products) {
      double[] added = sums;
      double factor = scale;
      for (int j = first; j < last; j++) {
        double base = products[j] * factor + 1;
        added[j] = added[j] + base * base * base;
      }
    }
  }
}
