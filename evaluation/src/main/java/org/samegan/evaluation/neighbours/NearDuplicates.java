package org.samegan.evaluation.neighbours;

import java.util.Arrays;
import org.samegan.evaluation.Features;

/**
 * The alarm for collapse: the share of generated images that have another one nearer than real
 * images practically ever have.
 *
 * <p>share of y_j with min_{l != j} |y_j - y_l| at most q, where q is the 0.1 % quantile of the
 * real images' distances to their nearest other: the ceil(N/1000)-th smallest. In [0, 1]; about
 * 0.001 for equal distributions and as many real images as generated. SameGAN's own measure.
 *
 * <p>Distances to the nearest shrink as images become more: compare equal numbers. Where more than
 * 0.1 % of the real images are copies of each other, q is 0 and only exact copies count.
 */
public final class NearDuplicates {
  private static final int ONE_IN = 1000;

  private NearDuplicates() {}

  /** The share among generated images. */
  public static double share(Features real, Features generated) {
    real.requireComparable(generated);
    return share(Neighbours.among(real, 1), Neighbours.among(generated, 1));
  }

  /** The share, with neighbours within each set that were found before. */
  public static double share(Neighbours ofReal, Neighbours ofGenerated) {
    double[] nearest = new double[ofReal.count()];
    Arrays.setAll(nearest, i -> ofReal.squaredDistance(i, 0));
    Arrays.sort(nearest);
    double threshold = nearest[(nearest.length + ONE_IN - 1) / ONE_IN - 1];
    int duplicates = 0;
    for (int j = 0; j < ofGenerated.count(); j++) {
      if (ofGenerated.squaredDistance(j, 0) <= threshold) {
        duplicates++;
      }
    }
    return (double) duplicates / ofGenerated.count();
  }
}
