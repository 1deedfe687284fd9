package org.samegan.evaluation.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import org.samegan.evaluation.Floor;

/**
 * One number of a comparison.
 *
 * @param metric what it is
 * @param value the number
 * @param standardError of the number, where it has one of its own
 * @param floor the same between real images, where it was measured
 */
public record Measurement(
    Metric metric, double value, OptionalDouble standardError, Optional<Floor> floor) {
  /** A number without either. */
  static Measurement of(Metric metric, double value) {
    return new Measurement(metric, value, OptionalDouble.empty(), Optional.empty());
  }

  /** The same beside its floor. */
  Measurement beside(Floor measured) {
    return new Measurement(metric, value, standardError, Optional.of(measured));
  }
}
