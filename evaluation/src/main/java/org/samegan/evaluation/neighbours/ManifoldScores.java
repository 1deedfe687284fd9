package org.samegan.evaluation.neighbours;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.PairTiles;

/**
 * Fidelity and diversity apart, from balls around images that reach to their k-th nearest neighbour
 * of the same set. With B_k(x) that ball, closed, x_i the N real and y_j the M generated images:
 *
 * <ul>
 *   <li>precision = share of y_j in any B_3(x_i): how many generated images look real;
 *   <li>recall = share of x_i in any B_3(y_j): how much of what is real could be generated;
 *   <li>density = 1/(5M) sum_j sum_i 1[y_j in B_5(x_i)]: precision that counts how many balls, so
 *       that one outlier with a large one doesn't matter. 1 for equal distributions, not bounded;
 *   <li>coverage = share of B_5(x_i) that hold any y_j: how much of what is real is generated, with
 *       balls that a generator's outliers can't blow up. {@link #expectedCoverage} for equal
 *       distributions, about 0.97.
 * </ul>
 *
 * <p>Precision and recall: Kynkäänniemi, Karras, Laine, Lehtinen and Aila 2019, arXiv:1904.06991,
 * equation 2, k = 3. Density and coverage: Naeem, Oh, Uh, Choi and Yoo 2020, arXiv:2002.09797,
 * equations 4 and 5, k = 5. An image on a ball's surface is in it (as in the papers and in
 * StyleGAN's code); the authors' package {@code prdc} leaves it out, which differs only where
 * distances are equal, and there gives 0 for images that are all alike.
 *
 * <p>All depend on the numbers of images: compare equal ones, beside the floor.
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 * @param density at least 0
 * @param coverage in [0, 1]
 */
public record ManifoldScores(double precision, double recall, double density, double coverage) {
  /** Neighbours in a ball of precision and recall. */
  public static final int PRECISION_NEIGHBOURS = 3;

  /** Neighbours in a ball of density and coverage; as many are needed of both sets. */
  public static final int COVERAGE_NEIGHBOURS = 5;

  /** The scores of at least 6 real and 6 generated images. */
  public static ManifoldScores between(Features real, Features generated) {
    return between(
        real,
        Neighbours.among(real, COVERAGE_NEIGHBOURS),
        generated,
        Neighbours.among(generated, COVERAGE_NEIGHBOURS));
  }

  /** The scores, with neighbours within each set that were found before, at least 5 each. */
  public static ManifoldScores between(
      Features real, Neighbours ofReal, Features generated, Neighbours ofGenerated) {
    requireBalls(real, ofReal);
    requireBalls(generated, ofGenerated);
    double[] generatedRadii = radii(ofGenerated, PRECISION_NEIGHBOURS);
    double[] realRadii = radii(ofReal, PRECISION_NEIGHBOURS);
    double[] coverageRadii = radii(ofReal, COVERAGE_NEIGHBOURS);
    List<Balls> stripes =
        PairTiles.compute(
            real,
            generated,
            PairTiles.Kernel.SQUARED_DISTANCE,
            (from, to) -> new Balls(from, to, realRadii, coverageRadii, generatedRadii));
    boolean[] looksReal = new boolean[generated.count()];
    long recalled = 0;
    long covered = 0;
    long inside = 0;
    for (Balls stripe : stripes) {
      for (int j = 0; j < looksReal.length; j++) {
        looksReal[j] |= stripe.looksReal[j];
      }
      recalled += count(stripe.recalled);
      covered += count(stripe.covered);
      inside += stripe.inside;
    }
    return new ManifoldScores(
        (double) count(looksReal) / generated.count(),
        (double) recalled / real.count(),
        (double) inside / COVERAGE_NEIGHBOURS / generated.count(),
        (double) covered / real.count());
  }

  /**
   * The scores between two disjoint parts of one set, from the neighbours within all of it: what a
   * floor needs of each split, at no more than reading them. Every image in a ball is nearer than
   * the ball is wide, so that it stands among those neighbours, if they reach beyond the ball.
   *
   * @param all the set
   * @param among neighbours within it, at least 40 for halves; the same numbers are computed from
   *     the parts where that is not enough
   * @param real the rows taken for real
   * @param generated the rows taken for generated
   */
  public static ManifoldScores ofParts(
      Features all, Neighbours among, int[] real, int[] generated) {
    Optional<Neighbours> ofReal = among.select(real, real, COVERAGE_NEIGHBOURS);
    Optional<Neighbours> ofGenerated = among.select(generated, generated, COVERAGE_NEIGHBOURS);
    if (ofReal.isEmpty()
        || ofGenerated.isEmpty()
        || !reachesBeyond(among, real, ofReal.get())
        || !reachesBeyond(among, generated, ofGenerated.get())) {
      return between(all.select(real), all.select(generated));
    }
    int[] realPlaces = places(all.count(), real);
    int[] generatedPlaces = places(all.count(), generated);
    boolean[] looksReal = new boolean[generated.length];
    boolean[] recalled = new boolean[real.length];
    boolean[] covered = new boolean[real.length];
    long inside = 0;
    double[] realRadii = radii(ofReal.get(), PRECISION_NEIGHBOURS);
    double[] coverageRadii = radii(ofReal.get(), COVERAGE_NEIGHBOURS);
    for (int i = 0; i < real.length; i++) {
      for (int rank = 0; among.squaredDistance(real[i], rank) <= coverageRadii[i]; rank++) {
        int j = generatedPlaces[among.index(real[i], rank)];
        if (j >= 0) {
          covered[i] = true;
          inside++;
          looksReal[j] |= among.squaredDistance(real[i], rank) <= realRadii[i];
        }
      }
    }
    double[] generatedRadii = radii(ofGenerated.get(), PRECISION_NEIGHBOURS);
    for (int j = 0; j < generated.length; j++) {
      for (int rank = 0; among.squaredDistance(generated[j], rank) <= generatedRadii[j]; rank++) {
        int i = realPlaces[among.index(generated[j], rank)];
        if (i >= 0) {
          recalled[i] = true;
        }
      }
    }
    return new ManifoldScores(
        (double) count(looksReal) / generated.length,
        (double) count(recalled) / real.length,
        (double) inside / COVERAGE_NEIGHBOURS / generated.length,
        (double) count(covered) / real.length);
  }

  /** Whether what is as far as a ball is wide has all been found, whoever is equally far. */
  private static boolean reachesBeyond(Neighbours among, int[] rows, Neighbours ofRows) {
    for (int i = 0; i < rows.length; i++) {
      if (ofRows.squaredDistance(i, COVERAGE_NEIGHBOURS - 1)
          >= among.squaredDistance(rows[i], among.ranks() - 1)) {
        return false;
      }
    }
    return true;
  }

  private static int[] places(int count, int[] rows) {
    int[] places = new int[count];
    Arrays.fill(places, -1);
    for (int i = 0; i < rows.length; i++) {
      places[rows[i]] = i;
    }
    return places;
  }

  /**
   * The coverage to expect of equal distributions: 1 - prod_{j=1..5} (N - j) / (M + N - j), from
   * arXiv:2002.09797, lemma 2; 1 - 2^-5 = 0.969 for many images, as many real as generated.
   */
  public static double expectedCoverage(int real, int generated) {
    double missed = 1;
    for (int j = 1; j <= COVERAGE_NEIGHBOURS; j++) {
      missed *= (double) (real - j) / ((double) generated + real - j);
    }
    return 1 - missed;
  }

  private static void requireBalls(Features features, Neighbours neighbours) {
    if (neighbours.count() != features.count() || neighbours.ranks() < COVERAGE_NEIGHBOURS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d images need their %d nearest neighbours among themselves, found %d of %d",
              features.count(),
              COVERAGE_NEIGHBOURS,
              neighbours.ranks(),
              neighbours.count()));
    }
  }

  /** Squared, like what they are compared with. */
  private static double[] radii(Neighbours neighbours, int k) {
    double[] radii = new double[neighbours.count()];
    for (int i = 0; i < radii.length; i++) {
      radii[i] = neighbours.squaredDistance(i, k - 1);
    }
    return radii;
  }

  private static int count(boolean[] values) {
    int count = 0;
    for (boolean value : values) {
      count += value ? 1 : 0;
    }
    return count;
  }

  /** What consecutive real images find. */
  private static final class Balls implements PairTiles.Stripe {
    private final int first;
    private final double[] realRadii;
    private final double[] coverageRadii;
    private final double[] generatedRadii;
    private final boolean[] looksReal;
    private final boolean[] recalled;
    private final boolean[] covered;
    private long inside;

    Balls(int from, int to, double[] realRadii, double[] coverageRadii, double[] generatedRadii) {
      this.first = from;
      this.realRadii = realRadii;
      this.coverageRadii = coverageRadii;
      this.generatedRadii = generatedRadii;
      this.looksReal = new boolean[generatedRadii.length];
      this.recalled = new boolean[to - from];
      this.covered = new boolean[to - from];
    }

    @Override
    public void accept(int row, int from, int to, double[] squares) {
      double realRadius = realRadii[row];
      double coverageRadius = coverageRadii[row];
      for (int column = from; column < to; column++) {
        double square = squares[column - from];
        if (square <= generatedRadii[column]) {
          recalled[row - first] = true;
        }
        if (square <= coverageRadius) {
          covered[row - first] = true;
          inside++;
          // The smaller ball lies in the larger one.
          looksReal[column] |= square <= realRadius;
        }
      }
    }
  }
}
