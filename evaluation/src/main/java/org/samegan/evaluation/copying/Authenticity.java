package org.samegan.evaluation.copying;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.neighbours.Neighbours;

/**
 * AuthPct: the percentage of generated images that are authentic, that is, farther from the nearest
 * training image than that one is from its own nearest training image.
 *
 * <p>100 mean_j 1[|y_j - t| > min_{t' != t} |t - t'|], t the training image nearest to y_j. In [0,
 * 100]: near 0 for a machine that copies, around 50 for fresh real images, 100 for noise, which is
 * authentic too. So it tells copying, not quality.
 *
 * <p>Alaa, van Breugel, Saveliev and van der Schaar 2022, arXiv:2102.08921, section 4.3, without
 * their classifier's calibration, as dgm-eval computes it (FLD's package subtracts 50).
 */
public final class Authenticity {
  private Authenticity() {}

  /** AuthPct of generated images, against the images that the generator was trained on. */
  public static double percent(Features train, Features generated) {
    return percent(train, Neighbours.of(generated, train, 1));
  }

  /** AuthPct, with each generated image's nearest training images found before. */
  public static double percent(Features train, Neighbours nearest) {
    int count = nearest.count();
    int[] hits =
        IntStream.range(0, count).map(j -> nearest.index(j, 0)).sorted().distinct().toArray();
    // A selection has two rows at least; who is asked for beyond the hits changes nothing.
    int[] asked = hits.length > 1 ? hits : new int[] {hits[0], hits[0]};
    Neighbours within = Neighbours.among(train, asked, 1);
    int authentic = 0;
    for (int j = 0; j < count; j++) {
      int hit = Arrays.binarySearch(hits, nearest.index(j, 0));
      if (nearest.squaredDistance(j, 0) > within.squaredDistance(hit, 0)) {
        authentic++;
      }
    }
    return 100.0 * authentic / count;
  }

  /**
   * AuthPct, with neighbours that were found before.
   *
   * @param nearest each generated image's among the training images
   * @param within each training image's among the others
   */
  public static double percent(Neighbours nearest, Neighbours within) {
    int authentic = 0;
    for (int j = 0; j < nearest.count(); j++) {
      if (nearest.squaredDistance(j, 0) > within.squaredDistance(nearest.index(j, 0), 0)) {
        authentic++;
      }
    }
    return 100.0 * authentic / nearest.count();
  }
}
