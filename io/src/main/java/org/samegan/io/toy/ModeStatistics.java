package org.samegan.io.toy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;

/**
 * How well samples cover a mixture of Gaussians, as Srivastava et al. 2017 (VEEGAN,
 * arXiv:1705.07761) count it. There a mode is covered by any one sample; here by at least 1 % of
 * the samples it should have, so that a stray one is no cover.
 *
 * @param modes how many modes there are
 * @param covered how many modes are hit by at least 1 % of {@code samples / modes}, and by one
 * @param highQuality the fraction of samples that hit a mode, 0 to 1
 */
public record ModeStatistics(int modes, int covered, double highQuality) {
  private static final double COVER = 0.01;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are out of range
   */
  public ModeStatistics {
    if (modes < 1 || covered < 0 || covered > modes || !(highQuality >= 0 && highQuality <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected modes of at least 1, of which 0 to all are covered, and a fraction, found"
                  + " %d, %d, %s",
              modes,
              covered,
              highQuality));
    }
  }

  /** Counts: a sample hits the mode that is nearest, if that lies within the radius. */
  static ModeStatistics of(List<Point> modes, double radius, FloatBuffer samples) {
    if (!(radius > 0)) {
      throw new IllegalArgumentException(
          "the distance within which a mode is hit must be greater than 0, found " + radius);
    }
    int count = Points.count(samples);
    if (count == 0) {
      throw new IllegalArgumentException("statistics of modes need at least one sample");
    }
    int[] hits = new int[modes.size()];
    int good = 0;
    for (int i = 0; i < count; i++) {
      int mode = nearest(modes, Points.at(samples, i));
      if (modes.get(mode).distance(Points.at(samples, i)) <= radius) {
        hits[mode]++;
        good++;
      }
    }
    double enough = Math.max(1, COVER * count / modes.size());
    int covered = 0;
    for (int hit : hits) {
      covered += hit >= enough ? 1 : 0;
    }
    return new ModeStatistics(modes.size(), covered, (double) good / count);
  }

  private static int nearest(List<Point> modes, Point sample) {
    int nearest = 0;
    for (int i = 1; i < modes.size(); i++) {
      if (modes.get(i).distance(sample) < modes.get(nearest).distance(sample)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
