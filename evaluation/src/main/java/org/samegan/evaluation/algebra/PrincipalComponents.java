package org.samegan.evaluation.algebra;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.samegan.evaluation.Features;

/** The directions in which features vary most, and features as coordinates along them. */
public final class PrincipalComponents {
  private final Moments moments;
  private final double[][] directions;

  private PrincipalComponents(Moments moments, double[][] directions) {
    this.moments = moments;
    this.directions = directions;
  }

  /** The first {@code count} components of features, by falling variance. */
  public static PrincipalComponents of(Features features, int count) {
    Moments moments = Moments.of(features);
    SymmetricEigen eigen = SymmetricEigen.of(moments.covariance(), moments.dimensions());
    double[] values = eigen.values();
    double[][] directions =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -values[k]))
            .limit(count)
            .map(eigen::vector)
            .toArray(double[][]::new);
    return new PrincipalComponents(moments, directions);
  }

  /** Coordinates around the mean of what the components are of. */
  public Features project(Features features) {
    int d = features.dimensions();
    double[] row = new double[d];
    float[] projected = new float[features.count() * directions.length];
    for (int i = 0; i < features.count(); i++) {
      features.copyRows(i, i + 1, row);
      for (int j = 0; j < d; j++) {
        row[j] -= moments.mean(j);
      }
      for (int k = 0; k < directions.length; k++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += directions[k][j] * row[j];
        }
        projected[i * directions.length + k] = (float) sum;
      }
    }
    return Features.of(features.name(), features.count(), directions.length, projected);
  }
}
