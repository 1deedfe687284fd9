package org.samegan.io.toy;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.samegan.core.random.RandomStream;
import org.samegan.core.setting.NearestName;

/**
 * The distributions of {@code gan_toy.py}, the script of Gulrajani et al. 2017 (arXiv:1704.00028).
 * That script divides each by a rounded standard deviation; here that is done only where it is
 * said.
 */
public enum ToyDistribution {
  /**
   * {@code 8gaussians}: eight modes at equal angles on the circle of radius 2, the first at (2, 0),
   * each chosen with probability 1/8, with standard deviation 0.02 an axis, as in Metz et al. 2017
   * (arXiv:1611.02163). The script divides by 1.414 in addition.
   */
  EIGHT_GAUSSIANS("8gaussians", circle(8, 2), 0.02),

  /**
   * {@code 25gaussians}: the 5 x 5 grid of modes at -4, -2, 0, 2, 4 with standard deviation 0.05 an
   * axis, all divided by 2√2 (in the script 2.828): modes at multiples of 1/√2 up to √2, with a
   * standard deviation of 0.0177. Each mode is chosen with probability 1/25.
   */
  TWENTY_FIVE_GAUSSIANS("25gaussians", grid(5, Math.sqrt(0.5)), 0.05 / Math.sqrt(8)),

  /**
   * {@code swissroll}: (t cos t, t sin t) with t uniform on [1.5π, 4.5π), plus N(0, 0.25²) an axis,
   * all divided by 7.5: a spiral of radius 0.63 to 1.88. It has no modes.
   */
  SWISS_ROLL("swissroll", List.of(), 0.25 / 7.5) {
    @Override
    Point centre(RandomStream stream) {
      double t = 1.5 * Math.PI * (1 + 2 * stream.nextDouble());
      double radius = t / 7.5;
      return new Point(radius * StrictMath.cos(t), radius * StrictMath.sin(t));
    }
  };

  private final String id;

  // Made by List.of and toList, and its points are records.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Point> modes;

  private final double deviation;

  ToyDistribution(String id, List<Point> modes, double deviation) {
    this.id = id;
    this.modes = modes;
    this.deviation = deviation;
  }

  /**
   * The distribution with this name.
   *
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static ToyDistribution named(String name) {
    List<String> ids = Arrays.stream(values()).map(ToyDistribution::id).toList();
    int index = ids.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "unknown toy data '%s'; did you mean '%s'? There are %s",
              name,
              NearestName.to(name, ids),
              String.join(", ", ids)));
    }
    return values()[index];
  }

  /** The name in commands and configurations. */
  public String id() {
    return id;
  }

  /** The centres of the Gaussians, in a fixed order; none for the Swiss roll. */
  public List<Point> modes() {
    return modes;
  }

  /** The standard deviation of an axis around the mode, or around the spiral. */
  public double deviation() {
    return deviation;
  }

  /**
   * Counts the modes that samples hit, and the samples that hit one.
   *
   * @param samples points as x, y, x, y, ..., from the buffer's position to its limit; the buffer
   *     is not moved
   * @param withinSigma how far from a mode a sample hits it, in standard deviations; greater than 0
   * @throws IllegalArgumentException if this has no modes, the samples are no points or none, one
   *     is not a number, or the distance is not positive
   */
  public ModeStatistics modesCovered(FloatBuffer samples, double withinSigma) {
    if (modes.isEmpty()) {
      throw new IllegalArgumentException(
          id + " has no modes to be covered; use 8gaussians or 25gaussians");
    }
    return ModeStatistics.of(modes, withinSigma * deviation, samples);
  }

  /** One point. */
  Point draw(RandomStream stream) {
    Point centre = centre(stream);
    double dx = deviation * stream.nextGaussian();
    double dy = deviation * stream.nextGaussian();
    return new Point(centre.x() + dx, centre.y() + dy);
  }

  Point centre(RandomStream stream) {
    return modes.get(mode(stream));
  }

  /** The first thing drawn of a point. */
  int mode(RandomStream stream) {
    return stream.nextInt(modes.size());
  }

  private static List<Point> circle(int count, double radius) {
    return IntStream.range(0, count)
        .mapToDouble(k -> 2 * Math.PI * k / count)
        .mapToObj(a -> new Point(radius * StrictMath.cos(a), radius * StrictMath.sin(a)))
        .toList();
  }

  private static List<Point> grid(int edge, double spacing) {
    int middle = edge / 2;
    return IntStream.range(0, edge * edge)
        .mapToObj(k -> new Point((k % edge - middle) * spacing, (k / edge - middle) * spacing))
        .toList();
  }
}
